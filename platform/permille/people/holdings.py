"""What this package holds about a person. The account is declared first, and so erased last."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select

from permille.foundation.audit import AuditEntry
from permille.foundation.database import Session
from permille.foundation.erasure import holds
from permille.foundation.outbox import Job
from permille.people.models import Affiliation, MailedLink, Organisation, Person, SignedIn


def _date(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _tell_account(_session: Session, person: Person) -> dict[str, Any]:
    return {
        "e-mail": person.email,
        "confirmed": _date(person.confirmed_at),
        "created": _date(person.created_at),
        "name": person.name,
        "language": person.language,
        "country": person.country,
        "about": person.about,
        "languages": person.languages,
        "published": person.published,
        "listed publicly": person.is_listed,
        "has a password": person.password_hash is not None,
        "role": person.role,
        "agreed to": person.consent_version,
        "suspended": _date(person.suspended_at),
        "reason of the suspension": person.suspension_reason,
    }


def _erase_account(session: Session, person: Person) -> None:
    session.delete(person)
    session.flush()


def _tell_acts(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(AuditEntry).where(AuditEntry.actor_id == person.id).order_by(AuditEntry.id))
    return [
        {"what": row.action, "when": _date(row.created_at), "device": row.details.get("device")}
        for row in rows
    ]


def _keep_acts(_session: Session, _person: Person) -> None:
    """Keep the log: it holds numbers only, and the number leads nowhere once the account is gone."""


def _tell_affiliations(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Organisation.name, Affiliation.created_at, Affiliation.confirmed_at, Affiliation.ended_at)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .where(Affiliation.person_id == person.id)
        .order_by(Affiliation.id)
    )
    return [
        {
            "organisation": name,
            "claimed": _date(claimed),
            "confirmed": _date(confirmed),
            "ended": _date(ended),
        }
        for name, claimed, confirmed, ended in rows
    ]


def _go_with_account(_session: Session, _person: Person) -> None:
    """Nothing to do: these rows belong to the account and go with it."""


def _tell_proposals(session: Session, person: Person) -> list[str]:
    return list(session.scalars(select(Organisation.name).where(Organisation.proposed_by_id == person.id)))


def _tell_sessions(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(SignedIn).where(SignedIn.person_id == person.id).order_by(SignedIn.id))
    return [
        {"since": _date(row.created_at), "seen": _date(row.seen_at), "device": row.device} for row in rows
    ]


def _erase_sessions(session: Session, person: Person) -> None:
    session.execute(delete(SignedIn).where(SignedIn.person_id == person.id))


def _tell_mails(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(Job).where(Job.person_id == person.id).order_by(Job.id))
    return [{"subject": row.payload.get("subject"), "written": _date(row.created_at)} for row in rows]


def _erase_mails(session: Session, person: Person) -> None:
    session.execute(delete(Job).where(Job.person_id == person.id))


def _theirs(person: Person) -> Any:
    return or_(MailedLink.person_id == person.id, MailedLink.email == person.email)


def _tell_links(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(MailedLink).where(_theirs(person)).order_by(MailedLink.id))
    return [{"for": row.purpose, "sent to": row.email, "sent": _date(row.created_at)} for row in rows]


def _erase_links(session: Session, person: Person) -> None:
    session.execute(delete(MailedLink).where(_theirs(person)))


holds("account", _tell_account, _erase_account)
holds("affiliations", _tell_affiliations, _go_with_account)
holds("proposed organisations", _tell_proposals, _go_with_account)
holds("acts", _tell_acts, _keep_acts)
holds("sessions", _tell_sessions, _erase_sessions)
holds("mails", _tell_mails, _erase_mails)
holds("mailed links", _tell_links, _erase_links)
