"""What this package holds about a person. The account is declared first, and so erased last."""

from typing import Any

from sqlalchemy import delete, or_, select

from permille.foundation import search
from permille.foundation.audit import AuditEntry
from permille.foundation.database import Session
from permille.foundation.erasure import date_of, holds
from permille.foundation.kept_forms import KeptForm
from permille.foundation.mail import by_author
from permille.foundation.outbox import Job
from permille.people import belonging
from permille.people.models import Authenticator, MailedLink, Passkey, Person, RecoveryCode, SignedIn
from permille.people.passkey_questions import passkeys_of
from permille.people.second_step import codes_left, steps_of
from permille.people.unsent import key_of

OTHERS = ("by",)
"""What a mailed link carries of somebody else: who invited."""


def _tell_account(_session: Session, person: Person) -> dict[str, Any]:
    return {
        "e-mail": person.email,
        "confirmed": date_of(person.confirmed_at),
        "created": date_of(person.created_at),
        "name": person.name,
        "language": person.language,
        "country": person.country,
        "time zone": person.zone,
        "about": person.about,
        "languages": person.languages,
        "published": person.published,
        "named to": person.naming,
        "has a password": person.password_hash is not None,
        "role": person.role,
        "agreed to": person.consent_version,
        "suspended": date_of(person.suspended_at),
        "reason of the suspension": person.suspension_reason,
    }


def _erase_account(session: Session, person: Person) -> None:
    search.take(session, "person", person.id)
    session.delete(person)
    session.flush()


def _tell_acts(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(AuditEntry).where(AuditEntry.actor_id == person.id).order_by(AuditEntry.id))
    return [
        {"what": row.action, "when": date_of(row.created_at), "device": row.details.get("device")}
        for row in rows
    ]


def _keep_acts(_session: Session, _person: Person) -> None:
    """Keep the log: it holds numbers only, and the number leads nowhere once the account is gone."""


def _tell_sessions(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(SignedIn).where(SignedIn.person_id == person.id).order_by(SignedIn.id))
    return [
        {"since": date_of(row.created_at), "seen": date_of(row.seen_at), "device": row.device} for row in rows
    ]


def _erase_sessions(session: Session, person: Person) -> None:
    session.execute(delete(SignedIn).where(SignedIn.person_id == person.id))


def _tell_mails(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(Job).where(Job.person_id == person.id).order_by(Job.id))
    return [
        {
            "to": row.payload.get("to"),
            "subject": row.payload.get("subject"),
            "text": row.payload.get("body"),
            "written": date_of(row.created_at),
        }
        for row in rows
    ]


def _erase_mails(session: Session, person: Person) -> None:
    session.execute(delete(Job).where(or_(Job.person_id == person.id, by_author(person.id))))


def _theirs(person: Person) -> Any:
    return or_(MailedLink.person_id == person.id, MailedLink.email == person.email)


def _tell_links(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(MailedLink).where(_theirs(person)).order_by(MailedLink.id))
    return [
        {
            "for": row.purpose,
            "sent to": row.email,
            "sent": date_of(row.created_at),
            "used": date_of(row.used_at),
            "carries": {key: value for key, value in row.payload.items() if key not in OTHERS},
        }
        for row in rows
    ]


def _erase_links(session: Session, person: Person) -> None:
    session.execute(delete(MailedLink).where(_theirs(person)))


def _tell_factor(session: Session, person: Person) -> dict[str, Any]:
    return {
        "since": date_of(person.second_factor_at),
        "authenticator app": steps_of(session, person).has_app,
        "passkeys": [
            {"name": one.name, "added": date_of(one.created_at), "last used": date_of(one.used_at)}
            for one in passkeys_of(session, person)
        ],
        "recovery codes left": codes_left(session, person),
    }


def _erase_factor(session: Session, person: Person) -> None:
    for model in (Authenticator, Passkey, RecoveryCode):
        session.execute(delete(model).where(model.person_id == person.id))


def _tell_kept_forms(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(KeptForm).where(KeptForm.owner == key_of(person)).order_by(KeptForm.id))
    return [{"typed": row.fields, "kept": date_of(row.created_at)} for row in rows]


def _erase_kept_forms(session: Session, person: Person) -> None:
    session.execute(delete(KeptForm).where(KeptForm.owner == key_of(person)))


holds("account", _tell_account, _erase_account)
belonging.declare()
holds("acts", _tell_acts, _keep_acts, "audit_entry.actor_id")
holds("sessions", _tell_sessions, _erase_sessions, "signed_in.person_id")
holds(
    "second step", _tell_factor, _erase_factor,
    "authenticator.person_id", "passkey.person_id", "recovery_code.person_id",
)  # fmt: skip
holds("mails", _tell_mails, _erase_mails, "outbox.person_id")
holds("mailed links", _tell_links, _erase_links, "mailed_link.person_id")
holds("forms kept over a sign-in", _tell_kept_forms, _erase_kept_forms)
