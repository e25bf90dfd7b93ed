"""Finding vacancies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased, joinedload, raiseload

from permille.foundation.database import Session
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.coverage import Cover, coverage
from permille.taskforces.queries import Seat
from permille.vacancies.models import Application, Outcome, Step, Vacancy, Watch
from permille.vacancies.seats import SeatName


@dataclass(frozen=True)
class Place:
    """A seat on the grid or the board: who holds it, and the vacancy that runs for it."""

    name: SeatName
    label: Multilingual
    seat: Seat
    vacancy: Vacancy | None
    is_wanted: bool = False
    """Whether the vacancy has a candidate."""

    @property
    def is_unwanted(self) -> bool:
        """Whether its call is closed and nobody has applied."""
        return self.vacancy is not None and self.vacancy.step == Step.CLOSED and not self.is_wanted

    @property
    def is_settled(self) -> bool:
        """Whether somebody holds it for good."""
        return not self.seat.is_open and not self.seat.is_acting


def running(session: Session) -> dict[tuple[str, str | None], Vacancy]:
    """Return all vacancies that have not ended, by code of the task force and region (1 statement)."""
    query = select(Objective.code, Vacancy).join(Vacancy.objective).where(Vacancy.ended_at.is_(None))
    rows = session.execute(query.options(raiseload("*")))
    return {(code, one.region): one for code, one in rows}


def grid(session: Session, regions: list[str]) -> list[tuple[Cover, list[Place]]]:
    """List every task force with its seats and their vacancies (2 statements)."""
    query = select(Objective.code, Vacancy, has_candidate()).join(Vacancy.objective)
    rows = session.execute(query.where(Vacancy.ended_at.is_(None)).options(raiseload("*")))
    vacancies = {(code, one.region): (one, is_wanted) for code, one, is_wanted in rows}
    return [
        (cover, [_place(cover, region, *vacancies.get((cover.code, region), (None, False))) for region in cover.seats])
        for cover in coverage(session, regions)
    ]  # fmt: skip


def _place(cover: Cover, region: str | None, vacancy: Vacancy | None, is_wanted: bool) -> Place:
    return Place(SeatName(cover.code, region), cover.label, cover.seats[region], vacancy, is_wanted)


def has_candidate() -> ColumnElement[bool]:
    """Ask, in a query of vacancies, whether somebody is a candidate."""
    return exists().where(
        Application.vacancy_id == Vacancy.id,
        Application.sent_at.is_not(None),
        Application.stood_down_at.is_(None),
    )


def nobody_applied(session: Session, vacancy: Vacancy | None) -> bool:
    """Tell whether the call of a vacancy is closed and it has no candidate (1 statement, none before that)."""
    if vacancy is None or vacancy.step != Step.CLOSED:
        return False
    return session.scalar(select(has_candidate()).where(Vacancy.id == vacancy.id)) is False


def vacancy_of(session: Session, objective_id: int, region: str | None) -> Vacancy | None:
    """Find the vacancy that runs for a seat (1 statement)."""
    query = select(Vacancy).where(
        Vacancy.objective_id == objective_id, Vacancy.region == region, Vacancy.ended_at.is_(None)
    )
    renewed = joinedload(Vacancy.renews)
    return session.scalar(query.options(renewed, renewed.raiseload("*"), raiseload("*")))


def vacancy_and_last_filling(
    session: Session, objective_id: int, region: str | None
) -> tuple[Vacancy | None, datetime | None]:
    """Find the vacancy that runs for a seat, and when the seat was filled last, whoever holds it now (1 statement)."""
    before, renewed = aliased(Vacancy), joinedload(Vacancy.renews)
    filled = select(func.max(before.ended_at)).where(
        before.objective_id == objective_id, before.region == region, before.outcome == Outcome.FILLED
    )
    runs = and_(Vacancy.objective_id == Objective.id, Vacancy.region == region, Vacancy.ended_at.is_(None))
    query = select(Vacancy, filled.scalar_subquery()).select_from(Objective).outerjoin(Vacancy, runs)
    query = query.where(Objective.id == objective_id)
    row = session.execute(query.options(renewed, renewed.raiseload("*"), raiseload("*"))).one()
    return row[0], row[1]


def vacancy_by_id(session: Session, vacancy_id: int) -> Vacancy | None:
    """Find a vacancy, also one that has ended, with its task force (1 statement)."""
    query = select(Vacancy).where(Vacancy.id == vacancy_id)
    return session.scalar(query.options(joinedload(Vacancy.objective), raiseload("*")))


def vacancies_of(session: Session, objective_id: int, region: str | None) -> list[Vacancy]:
    """List every vacancy there was for a seat, the newest first (1 statement)."""
    query = select(Vacancy).where(Vacancy.objective_id == objective_id, Vacancy.region == region)
    return list(session.scalars(query.options(raiseload("*")).order_by(Vacancy.id.desc())))


def names_of(session: Session, ids: set[int]) -> dict[int, str]:
    """Return the names of people by id, for records (1 statement)."""
    rows = session.execute(select(Person.id, Person.name, Person.email).where(Person.id.in_(ids)))
    return {person_id: name or email for person_id, name, email in rows}


def open_calls(session: Session, objective_id: int) -> dict[str | None, Vacancy]:
    """Return the vacancies of a task force that take applications now, by region (1 statement)."""
    query = select(Vacancy).where(Vacancy.objective_id == objective_id, Vacancy.ended_at.is_(None))
    return {one.region: one for one in session.scalars(query.options(raiseload("*"))) if one.calls_everybody}


def objectives_coded(session: Session, codes: Iterable[str]) -> dict[str, Objective]:
    """Return objectives by code (1 statement)."""
    query = select(Objective).where(Objective.code.in_(set(codes))).options(raiseload("*"))
    return {one.code: one for one in session.scalars(query)}


def watch_of(
    session: Session, objective_id: int, seat: str, *, person_id: int = 0, email: str = ""
) -> Watch | None:
    """Find what somebody asked to be told about a seat, by account or by address (1 statement)."""
    whose: Any = Watch.person_id == person_id if person_id else Watch.email == email
    return session.scalar(
        select(Watch).where(and_(Watch.objective_id == objective_id, Watch.seat == seat, whose))
    )


def watches_on(session: Session, objective_id: int, seat: str) -> list[Watch]:
    """List who asked to be told when a seat opens (1 statement)."""
    query = select(Watch).where(Watch.objective_id == objective_id, Watch.seat == seat)
    return list(session.scalars(query.order_by(Watch.id)))


def watched_by(session: Session, person_id: int) -> list[tuple[str, str]]:
    """List the seats a person asked about: code of the task force, seat (1 statement)."""
    query = select(Objective.code, Watch.seat).join(Objective, Objective.id == Watch.objective_id)
    rows = session.execute(query.where(Watch.person_id == person_id).order_by(Objective.code, Watch.seat))
    return [(code, seat) for code, seat in rows]
