"""What is held about a person and organisations: what they belong to, proposed, and decided about others."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import selectinload

from permille.foundation.database import Session
from permille.foundation.erasure import date_of, holds
from permille.people.models import Affiliation, Contact, Organisation, Person, Standing

NAME = Organisation.name.label("organisation")


def declare() -> None:
    """Declare what is held about a person and organisations."""
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


def _tell_affiliations(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Organisation.name, Affiliation, Contact.created_at)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .outerjoin(Contact, and_(Contact.affiliation_id == Affiliation.id, Contact.ended_at.is_(None)))
        .where(Affiliation.person_id == person.id)
        .options(selectinload(Affiliation.files))
        .order_by(Affiliation.id)
    )
    return [
        {
            "organisation": name,
            "claimed": date_of(one.created_at),
            "confirmed": date_of(one.confirmed_at),
            "ended": date_of(one.ended_at),
            "reason of the end": one.end_reason,
            "contact since": date_of(contact),
            "how you belong to it": one.function,
            "asked of you": one.asked,
            "files": [{"name": file.name, "bytes": file.size} for file in one.files],
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
            "proposed": date_of(row.created_at),
            "accepted": date_of(row.accepted_at),
        }
        for row in rows
    ]


def _tell_decisions(session: Session, person: Person) -> list[dict[str, Any]]:
    return [
        one
        for query in (_standings_by(person), _confirmed_by(person), _ended_by(person), _named_by(person))
        for one in _told(session, query)
    ]


def _standings_by(person: Person) -> Any:
    return (
        select(
            NAME, Standing.state.label("standing"), Standing.evidence, Standing.created_at.label("decided")
        )
        .join(Standing.organisation)
        .where(Standing.decided_by_id == person.id)
        .order_by(Standing.id)
    )


def _confirmed_by(person: Person) -> Any:
    return (
        select(NAME, Affiliation.confirmed_at.label("affiliation confirmed"))
        .join(Affiliation.organisation)
        .where(Affiliation.confirmed_by_id == person.id)
        .order_by(Affiliation.id)
    )


def _ended_by(person: Person) -> Any:
    return (
        select(NAME, Affiliation.ended_at.label("affiliation ended"), Affiliation.end_reason.label("reason"))
        .join(Affiliation.organisation)
        .where(Affiliation.ended_by_id == person.id)
        .order_by(Affiliation.id)
    )


def _named_by(person: Person) -> Any:
    return (
        select(NAME, Contact.created_at.label("contact named"))
        .join(Contact.affiliation)
        .join(Affiliation.organisation)
        .where(Contact.named_by_id == person.id)
        .order_by(Contact.id)
    )


def _told(session: Session, query: Any) -> list[dict[str, Any]]:
    return [
        {what: date_of(said) if isinstance(said, datetime) else said for what, said in row.items()}
        for row in session.execute(query).mappings()
    ]


def _keep_decisions(_session: Session, _person: Person) -> None:
    """Keep what was decided about others; the database takes the reference away with the account."""
