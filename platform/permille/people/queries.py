"""Finding people and organisations as everyone may see them."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import raiseload, selectinload

from permille.foundation.database import Session, held
from permille.people.models import Affiliation, Organisation, Person, SignedIn
from permille.people.models.sessions import has_more_rights

PAGE = 50


def person_with(session: Session, email: str) -> Person | None:
    """Find the account of an address (1 statement)."""
    return session.scalar(select(Person).where(Person.email == email))


def owner_with(session: Session, email: str) -> Person | None:
    """Find the account of an address; one that still waits for its owner is none (1 statement)."""
    person = person_with(session, email)
    return None if person is None or person.is_unclaimed else person


def person_held(session: Session, person_id: int | None) -> Person | None:
    """Find an account, read anew and held until the transaction ends (1 statement)."""
    return session.scalar(held(select(Person).where(Person.id == person_id), Person))


def public_person(session: Session, person_id: int) -> Person | None:
    """Find a listed person with their affiliations (2 statements)."""
    return session.scalar(
        select(Person)
        .where(Person.id == person_id, Person.public())
        .options(selectinload(Person.affiliations).joinedload(Affiliation.organisation), raiseload("*"))
    )


def public_organisation(session: Session, organisation_id: int) -> Organisation | None:
    """Find an accepted organisation, also one that was merged: its record names the other (1 statement)."""
    return session.scalar(
        select(Organisation)
        .where(Organisation.id == organisation_id, Organisation.accepted_at.is_not(None))
        .options(raiseload("*"))
    )


def people_of(session: Session, organisation_id: int, after: int = 0) -> list[Person]:
    """List by name those everyone may find whose affiliation with an organisation is confirmed (1 statement).

    They are those who follow the one with the id `after`, up to a page and one more.
    """
    query = (
        select(Person)
        .join(Person.affiliations)
        .where(
            Affiliation.organisation_id == organisation_id,
            Affiliation.ended_at.is_(None),
            Affiliation.confirmed_at.is_not(None),
            Person.public(),
        )
        .options(raiseload("*"))
        .order_by(Person.name, Person.id)
        .limit(PAGE + 1)
    )
    if after:
        last = select(Person.name).where(Person.id == after).scalar_subquery()
        query = query.where(or_(Person.name > last, and_(Person.name == last, Person.id > after)))
    return list(session.scalars(query))


def organisation_invited_to(session: Session, organisation_id: int) -> Organisation | None:
    """Find an organisation the Secretariat may invite somebody to: any that was not merged (1 statement)."""
    return session.scalar(
        select(Organisation)
        .where(Organisation.id == organisation_id, Organisation.merged_into_id.is_(None))
        .options(raiseload("*"))
    )


def secretaries(session: Session, *, to_change: bool = False) -> list[int]:
    """List the ids of those who may use the desk; held, one who leaves it waits for the other (1 statement)."""
    query = select(Person.id).where(Person.at_desk()).order_by(Person.id)
    return list(session.scalars(query.with_for_update() if to_change else query))


def is_privileged(session: Session, person: Person) -> bool:
    """Tell whether a person has more rights than everyone: a role or an office (1 statement)."""
    return bool(session.scalar(select(has_more_rights(person.id))))


def sessions_of(session: Session, person_id: int) -> list[SignedIn]:
    """List where a person is signed in, last seen first (1 statement)."""
    query = select(SignedIn).where(SignedIn.person_id == person_id, ~SignedIn.waits, ~SignedIn.expired())
    return list(session.scalars(query.order_by(SignedIn.seen_at.desc())))


def session_of(session: Session, person_id: int, session_id: int) -> SignedIn | None:
    """Find one session of a person (1 statement)."""
    return session.scalar(select(SignedIn).where(SignedIn.person_id == person_id, SignedIn.id == session_id))
