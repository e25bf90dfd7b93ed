"""What the regional portals show, in few statements."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, case, func, literal, or_, select, union_all

from permille.foundation.database import Session
from permille.foundation.days import today
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Objective
from permille.people.models import Organisation, Person
from permille.people.places import COUNTRY, counts_by_country, with_place
from permille.regions.models import Region
from permille.taskforces.chips import chips, offices_held
from permille.taskforces.models import Mandate, Membership, Office
from permille.taskforces.queries import Seat
from permille.vacancies.models import Vacancy

NEWEST = 6


@dataclass(frozen=True)
class RegionalSeat:
    """A task force as a region sees it: its objective and its regional seat."""

    code: str
    label: Multilingual
    seat: Seat
    is_called: bool
    """Whether a call is open in which everybody who may stand can apply."""

    @property
    def is_settled(self) -> bool:
        """Whether somebody holds it, and not only until somebody is found."""
        return not self.seat.is_open and not self.seat.is_acting


def seats_in(session: Session, region: str) -> list[RegionalSeat]:
    """List the 24 task forces with this region's seat (1 statement)."""
    return [
        RegionalSeat(
            row[0],
            row[1],
            Seat(
                Office.REPRESENTATIVE,
                region,
                row[2],
                row[3],
                row[4],
                has_page=row[5],
                offices=chips(row[6]),
                is_acting=bool(row[7]),
            ),
            is_called=row[8] is not None and row[8] >= today(),
        )
        for row in session.execute(_seats_query(region))
    ]


@cache
def _seats_query(region: str) -> Any:
    holds = and_(Mandate.objective_id == Objective.id, Mandate.region == region, Mandate.ended_at.is_(None))
    called = and_(
        Vacancy.objective_id == Objective.id,
        Vacancy.region == region,
        Vacancy.ended_at.is_(None),
        Vacancy.closed_at.is_(None),
        Vacancy.consultation_at.is_(None),
        Vacancy.renews_id.is_(None),
    )
    return with_place(
        select(
            Objective.code,
            Objective.label,
            Person.id,
            case((Person.is_listed, Person.name)),
            case((Person.is_listed, Organisation.name)),
            Person.public(),
            offices_held(),
            Mandate.is_acting,
            Vacancy.last_day,
        )
        .select_from(Objective)
        .outerjoin(Mandate, holds)
        .outerjoin(Vacancy, called)
        .outerjoin(Person, Person.id == Mandate.person_id),
        confirmed=True,
    ).order_by(Objective.code)


@dataclass(frozen=True)
class Country:
    """How many people and organisations a country has."""

    code: str
    people: int
    organisations: int


def countries_of(session: Session, region: Region) -> list[Country]:
    """Count people and organisations by country of a region (1 statement)."""
    found: dict[str, dict[str, int]] = {}
    row: Any
    for row in session.execute(_countries_query(region.countries)):
        numbers = found.setdefault(row.country, {})
        numbers[row.kind] = numbers.get(row.kind, 0) + row.n
    return [Country(code, n.get("people", 0), n.get("organisations", 0)) for code, n in found.items()]


@cache
def _countries_query(countries: tuple[str, ...]) -> Any:
    organisations = (
        select(
            literal("organisations").label("kind"),
            Organisation.country.label("country"),
            func.count().label("n"),
        )
        .where(Organisation.shown())
        .group_by(Organisation.country)
    )
    everywhere = union_all(organisations, *counts_by_country("people")).subquery()
    return select(everywhere).where(everywhere.c.country.in_(countries))


@dataclass(frozen=True)
class News:
    """Something that happened in a region: who joined or took an office, which organisation was accepted."""

    kind: str
    name: str
    row_id: int
    code: str | None
    when: datetime


def news_in(session: Session, region: Region) -> list[News]:
    """List the newest joins, offices and organisations of a region (1 statement)."""
    return [News(*row) for row in session.execute(_news_query(region.slug, region.countries))]


@cache
def _news_query(region: str, countries: tuple[str, ...]) -> Any:
    here = or_(Membership.region == region, and_(Membership.region.is_(None), COUNTRY.in_(countries)))
    joined = (
        with_place(_joined())
        .where(here, Membership.active(), Person.public())
        .order_by(Membership.id.desc())
        .limit(NEWEST)
        .subquery()
    )
    accepted = (
        select(
            literal("organisation").label("kind"),
            Organisation.name.label("name"),
            Organisation.id.label("row_id"),
            literal(None, type_=Objective.code.type).label("code"),
            Organisation.accepted_at.label("at"),
        )
        .where(Organisation.shown(), Organisation.country.in_(countries))
        .order_by(Organisation.accepted_at.desc(), Organisation.id.desc())
        .limit(NEWEST)
        .subquery()
    )
    appointed = (
        select(
            literal("appointed").label("kind"),
            Person.name.label("name"),
            Person.id.label("row_id"),
            Objective.code.label("code"),
            Mandate.created_at.label("at"),
        )
        .select_from(Mandate)
        .join(Person, Person.id == Mandate.person_id)
        .join(Objective, Objective.id == Mandate.objective_id)
        .where(Mandate.region == region, Mandate.ended_at.is_(None), Person.public())
        .order_by(Mandate.id.desc())
        .limit(NEWEST)
        .subquery()
    )
    every = union_all(select(joined), select(accepted), select(appointed)).subquery()
    return select(every).order_by(every.c.at.desc(), every.c.row_id.desc()).limit(NEWEST)


def _joined() -> Any:
    return (
        select(
            literal("joined").label("kind"),
            Person.name.label("name"),
            Person.id.label("row_id"),
            Objective.code.label("code"),
            Membership.created_at.label("at"),
        )
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(Objective, Objective.id == Membership.objective_id)
    )
