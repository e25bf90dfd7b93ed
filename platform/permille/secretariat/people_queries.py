"""Finding people as the Secretariat sees them: unlisted, unconfirmed and suspended ones too."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import raiseload, selectinload

from permille.foundation.database import Session, held
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Person, Role, SignedIn
from permille.taskforces.models import Mandate, Membership

PAGE = 50


def people(session: Session, words: str, which: str, before: int) -> list[Person]:
    """List people, newest first, by a part of their name or address (1 statement).

    `which` is a role, `suspended`, or empty for everyone.
    """
    query = select(Person)
    if before:
        query = query.where(Person.id < before)
    if words:
        # SQLite folds only A to Z: the usual ways of writing a name in other scripts are tried one by one.
        forms = {words, words.lower(), words.upper(), words.title()}
        names = [Person.name.contains(form, autoescape=True) for form in sorted(forms)]
        query = query.where(or_(*names, Person.email.contains(words.lower(), autoescape=True)))
    if which == "suspended":
        query = query.where(Person.suspended_at.is_not(None))
    elif which in {role.value for role in Role}:
        query = query.where(Person.role == which)
    return list(session.scalars(query.options(raiseload("*")).order_by(Person.id.desc()).limit(PAGE)))


def person_by_id(session: Session, person_id: int, *, to_change: bool = False) -> Person | None:
    """Find a person with their affiliations, held if it is to change (2 statements)."""
    query = (
        select(Person)
        .where(Person.id == person_id)
        .options(selectinload(Person.affiliations).joinedload(Affiliation.organisation))
    )
    return session.scalar(held(query, Person) if to_change else query)


@dataclass(frozen=True)
class Involvement:
    """What a person does here: codes of their task forces, offices as (office, code, region), open sessions."""

    task_forces: list[str]
    offices: list[tuple[str, str, str | None]]
    sessions: int


def involvement_of(session: Session, person: Person) -> Involvement:
    """Load what a person does here (3 statements)."""
    joined = (
        select(Objective.code)
        .join(Membership, Membership.objective_id == Objective.id)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .order_by(Objective.code)
    )
    held = (
        select(Mandate.office, Objective.code, Mandate.region)
        .join(Objective, Objective.id == Mandate.objective_id)
        .where(Mandate.person_id == person.id, Mandate.ended_at.is_(None))
        .order_by(Objective.code, Mandate.region)
    )
    open_ones = select(func.count(SignedIn.id)).where(SignedIn.person_id == person.id, ~SignedIn.expired())
    return Involvement(
        list(session.scalars(joined)),
        [(row[0], row[1], row[2]) for row in session.execute(held)],
        session.scalar(open_ones) or 0,
    )
