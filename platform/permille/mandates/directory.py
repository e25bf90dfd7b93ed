"""The directory of office holders: every seat with who holds it, where from and until when, as everyone may see it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, or_, select

from permille.foundation.database import Session
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Goal, Objective
from permille.people.models import Organisation, Person
from permille.people.places import with_place
from permille.taskforces.models import Mandate
from permille.taskforces.queries import Seat, reachable
from permille.vacancies.models import Vacancy
from permille.vacancies.queries import running
from permille.vacancies.seats import SeatName


@dataclass(frozen=True)
class Entry:
    """A line of the directory: a seat, its holder since when, and for an open one the vacancy that runs."""

    name: SeatName
    label: Multilingual
    seat: Seat
    since: date | None = None
    vacancy: Vacancy | None = None


@dataclass(frozen=True)
class Directory:
    """Every line in the order of the strategy, the leader first, and the titles of the goals by letter."""

    entries: list[Entry]
    goals: dict[str, Multilingual]

    def narrowed(self, goal: str, office: str) -> list[Entry]:
        """Return the lines of a goal and of an office, or without one of all."""
        return [
            one
            for one in self.entries
            if goal in ("", one.name.code[0]) and office in ("", one.name.office.value)
        ]


def directory(session: Session, regions: list[str]) -> Directory:
    """List the leaders' seats and those of some regions with their holders (2 statements)."""
    vacancies, goals = running(session), dict[str, Multilingual]()
    held: dict[tuple[str, str | None], Any] = {}
    labels: dict[str, Multilingual] = {}
    for row in session.execute(_query(regions)):
        goals[row.code[0]], labels[row.code] = row.goal, row.label
        held[row.code, row.region] = row
    names = [SeatName(code, region) for code in labels for region in (None, *regions)]
    lines = (_entry(name, labels[name.code], held.get((name.code, name.region)), vacancies) for name in names)
    return Directory(list(lines), goals)


def _query(regions: list[str]) -> Any:
    holds = and_(
        Mandate.objective_id == Objective.id,
        Mandate.ended_at.is_(None),
        or_(Mandate.region.is_(None), Mandate.region.in_(regions)),
    )
    query = (
        select(
            Objective.code,
            Objective.label,
            Goal.title.label("goal"),
            Mandate.region,
            Mandate.created_at,
            Mandate.begins_on,
            Mandate.ends_on,
            Mandate.is_acting,
            reachable().label("mandate_id"),
            Person.id.label("person_id"),
            case((Person.is_listed, Person.name)).label("name"),
            case((Person.is_listed, Organisation.name)).label("organisation"),
            Person.public().label("has_page"),
        )
        .select_from(Objective)
        .join(Objective.goal)
        .outerjoin(Mandate, holds)
        .outerjoin(Person, Person.id == Mandate.person_id)
    )
    return with_place(query, confirmed=True).order_by(Objective.code)


def _entry(name: SeatName, label: Multilingual, row: Any, vacancies: dict[Any, Vacancy]) -> Entry:
    vacancy = vacancies.get((name.code, name.region))
    if row is None or row.person_id is None:
        return Entry(name, label, Seat(name.office, name.region), vacancy=vacancy)
    seat = Seat(
        name.office,
        name.region,
        row.person_id,
        row.name,
        row.organisation,
        has_page=row.has_page,
        is_acting=row.is_acting,
        ends_on=row.ends_on,
        mandate_id=row.mandate_id,
    )
    return Entry(name, label, seat, row.begins_on or row.created_at.date(), vacancy)
