"""What this package holds about a person. The account is declared first, and so erased last."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, select

from permille.foundation.audit import AuditEntry
from permille.foundation.database import Session
from permille.foundation.erasure import holds
from permille.foundation.outbox import Job
from permille.people.models import Affiliation, Contact, MailedLink, Organisation, Person, SignedIn, Standing

OTHERS = ("by",)
"""What a mailed link carries of somebody else: who invited."""


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
        "named to": person.naming,
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
        select(Organisation.name, Affiliation, Contact.created_at)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .outerjoin(Contact, and_(Contact.affiliation_id == Affiliation.id, Contact.ended_at.is_(None)))
        .where(Affiliation.person_id == person.id)
        .order_by(Affiliation.id)
    )
    return [
        {
            "organisation": name,
            "claimed": _date(one.created_at),
            "confirmed": _date(one.confirmed_at),
            "ended": _date(one.ended_at),
            "reason of the end": one.end_reason,
            "contact since": _date(contact),
        }
        for name, one, contact in rows
    ]


def _go_with_account(_session: Session, _person: Person) -> None:
    """Nothing to do: these rows belong to the account and go with it."""


def _tell_proposals(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Organisation).where(Organisation.proposed_by_id == person.id).order_by(Organisation.id)
    )
    return [
        {
            "organisation": row.name,
            "country": row.country,
            "website": row.website,
            "proposed": _date(row.created_at),
            "accepted": _date(row.accepted_at),
        }
        for row in rows
    ]


def _tell_decisions(session: Session, person: Person) -> list[dict[str, Any]]:
    standings = session.execute(
        select(Organisation.name, Standing.state, Standing.evidence, Standing.created_at)
        .join(Standing.organisation)
        .where(Standing.decided_by_id == person.id)
        .order_by(Standing.id)
    )
    confirmed = session.execute(
        select(Organisation.name, Affiliation.confirmed_at)
        .join(Affiliation.organisation)
        .where(Affiliation.confirmed_by_id == person.id)
        .order_by(Affiliation.id)
    )
    told = [
        {"organisation": name, "standing": state, "evidence": evidence, "decided": _date(when)}
        for name, state, evidence, when in standings
    ]
    return [
        *told,
        *({"organisation": name, "affiliation confirmed": _date(when)} for name, when in confirmed),
    ]


def _keep_decisions(_session: Session, _person: Person) -> None:
    """Keep what was decided about others; the database takes the reference away with the account."""


def _tell_sessions(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(SignedIn).where(SignedIn.person_id == person.id).order_by(SignedIn.id))
    return [
        {"since": _date(row.created_at), "seen": _date(row.seen_at), "device": row.device} for row in rows
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
            "written": _date(row.created_at),
        }
        for row in rows
    ]


def _erase_mails(session: Session, person: Person) -> None:
    session.execute(delete(Job).where(Job.person_id == person.id))


def _theirs(person: Person) -> Any:
    return or_(MailedLink.person_id == person.id, MailedLink.email == person.email)


def _tell_links(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(select(MailedLink).where(_theirs(person)).order_by(MailedLink.id))
    return [
        {
            "for": row.purpose,
            "sent to": row.email,
            "sent": _date(row.created_at),
            "used": _date(row.used_at),
            "carries": {key: value for key, value in row.payload.items() if key not in OTHERS},
        }
        for row in rows
    ]


def _erase_links(session: Session, person: Person) -> None:
    session.execute(delete(MailedLink).where(_theirs(person)))


holds("account", _tell_account, _erase_account)
holds("affiliations", _tell_affiliations, _go_with_account, "affiliation.person_id")
holds("proposed organisations", _tell_proposals, _go_with_account, "organisation.proposed_by_id")
holds(
    "decisions",
    _tell_decisions,
    _keep_decisions,
    "standing.decided_by_id",
    "affiliation.confirmed_by_id",
    "affiliation.ended_by_id",
    "contact.named_by_id",
)
holds("acts", _tell_acts, _keep_acts, "audit_entry.actor_id")
holds("sessions", _tell_sessions, _erase_sessions, "signed_in.person_id")
holds("mails", _tell_mails, _erase_mails, "outbox.person_id")
holds("mailed links", _tell_links, _erase_links, "mailed_link.person_id")
