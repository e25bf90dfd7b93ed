"""Finding people as the Secretariat sees them: unlisted, unconfirmed and suspended ones too."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from permille.foundation.database import Session, held
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Person, Role, SignedIn
from permille.people.places import COUNTRY, with_place
from permille.regions.models import all_regions
from permille.secretariat.affiliation_queries import named
from permille.taskforces.models import Mandate, Membership, Office

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which people the desk asks for; what is empty does not narrow.

    `which` is a role or `suspended`, `where` a region or a country, `office` one of the two or `member`.
    """

    words: str = ""
    which: str = ""
    where: str = ""
    code: str = ""
    office: str = ""
    organisation: int = 0

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what a person must meet, in a query that went through `with_place`."""
        found = [named(self.words)] if self.words else []
        if self.which == "suspended":
            found.append(Person.suspended_at.is_not(None))
        elif self.which in {role.value for role in Role}:
            found.append(Person.role == self.which)
        if self.where:
            region = all_regions().get(self.where)
            found.append(COUNTRY.in_(region.countries if region else [self.where.upper()]))
        if self.code or self.office:
            found.append(or_(*self._involved()))
        if self.organisation:
            belongs = Affiliation.organisation_id == self.organisation
            found.append(Person.affiliations.any(and_(belongs, Affiliation.ended_at.is_(None))))
        return found

    def _involved(self) -> list[ColumnElement[bool]]:
        models: list[Any] = [Mandate] if self.office in {one.value for one in Office} else [Membership]
        if not self.office:
            models = [Membership, Mandate]
        return [self._holds(model) for model in models]

    def _holds(self, model: Any) -> ColumnElement[bool]:
        holds = exists().where(model.person_id == Person.id, model.ended_at.is_(None))
        if model is Mandate and self.office:
            holds = holds.where(Mandate.office == self.office)
        if self.code:
            holds = holds.where(model.objective_id == Objective.id, Objective.code == self.code.upper())
        return holds


def people(session: Session, wanted: Wanted, before: int) -> list[Person]:
    """List people, newest first (1 statement)."""
    query = with_place(select(Person)).where(*wanted.conditions())
    if before:
        query = query.where(Person.id < before)
    return list(session.scalars(query.options(raiseload("*")).order_by(Person.id.desc()).limit(PAGE)))


def people_count(session: Session, wanted: Wanted) -> int:
    """Count the people a list would show on all its pages (1 statement)."""
    query = with_place(select(func.count(Person.id)).select_from(Person)).where(*wanted.conditions())
    return session.scalar(query) or 0


def codes(session: Session) -> list[str]:
    """List the codes of all task forces (1 statement)."""
    return list(session.scalars(select(Objective.code).order_by(Objective.code)))


def person_by_id(session: Session, person_id: int, *, to_change: bool = False) -> Person | None:
    """Find a person with their affiliations, held if it is to change (4 statements)."""
    query = (
        select(Person)
        .where(Person.id == person_id)
        .options(
            selectinload(Person.affiliations).options(
                joinedload(Affiliation.organisation),
                selectinload(Affiliation.contacts),
                selectinload(Affiliation.files),
            )
        )
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
    open_ones = select(func.count(SignedIn.id)).where(
        SignedIn.person_id == person.id, ~SignedIn.waits, ~SignedIn.expired()
    )
    return Involvement(
        list(session.scalars(joined)),
        [(row[0], row[1], row[2]) for row in session.execute(held)],
        session.scalar(open_ones) or 0,
    )
