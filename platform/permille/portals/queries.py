"""What home and the regional portals show, in few statements."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, and_, cast, func, literal, null, select, union_all

from permille.foundation.database import Session
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Goal, Objective
from permille.people.models import Organisation, Person
from permille.regions.models import Region
from permille.taskforces.models import Mandate, Membership
from permille.taskforces.queries import Seat, with_organisation

NEWEST = 6


@dataclass(frozen=True)
class Tile:
    """An objective as a list shows it."""

    code: str
    label: Multilingual


@dataclass
class Horizon:
    """A goal with its objectives, as home shows it."""

    code: str
    title: Multilingual
    summary: Multilingual
    objectives: list[Tile] = field(default_factory=list)


def home_page(session: Session) -> tuple[list[Horizon], dict[str, int]]:
    """Load goals with objectives, and how many listed or unlisted people each country has (1 statement).

    Returns the goals in order and a count of people by country code.
    """
    objectives = select(
        literal("objective").label("kind"),
        Objective.code.label("code"),
        Objective.label.label("label"),
        Goal.title.label("title"),
        Goal.summary.label("summary"),
        literal(0).label("n"),
    ).join(Objective.goal)
    empty = cast(null(), JSON)
    people = (
        select(literal("country"), Person.country, empty, empty, empty, func.count())
        .where(Person.confirmed_at.is_not(None), Person.country.is_not(None))
        .group_by(Person.country)
    )
    goals: dict[str, Horizon] = {}
    countries: dict[str, int] = {}
    for row in session.execute(union_all(objectives, people).order_by("code")):
        if row.kind == "country":
            countries[row.code] = row.n
            continue
        goal = goals.setdefault(row.code[0], Horizon(row.code[0], row.title, row.summary))
        goal.objectives.append(Tile(row.code, row.label))
    return list(goals.values()), countries


def count_in(region: Region, countries: dict[str, int]) -> int:
    """Return how many people a region has."""
    return sum(countries.get(country, 0) for country in region.countries)


@dataclass(frozen=True)
class RegionalSeat:
    """A task force as a region sees it: its objective and its regional seat."""

    code: str
    label: Multilingual
    seat: Seat


def seats_in(session: Session, region: str) -> list[RegionalSeat]:
    """List the 24 task forces with this region's seat (1 statement)."""
    holds = and_(Mandate.objective_id == Objective.id, Mandate.region == region, Mandate.ended_at.is_(None))
    query = with_organisation(
        select(
            Objective.code,
            Objective.label,
            Mandate.office,
            Person.id,
            Person.name,
            Person.is_listed,
            Organisation.name,
        )
        .select_from(Objective)
        .outerjoin(Mandate, holds)
        .outerjoin(Person, Person.id == Mandate.person_id)
    ).order_by(Objective.code)
    return [
        RegionalSeat(
            row[0],
            row[1],
            Seat("representative", region, row[3], row[4] if row[5] else None, row[6] if row[5] else None),  # type: ignore[arg-type]
        )
        for row in session.execute(query)
    ]


@dataclass(frozen=True)
class Country:
    """How many people and organisations a country has."""

    code: str
    people: int
    organisations: int


def countries_of(session: Session, region: Region) -> list[Country]:
    """Count people and organisations by country of a region (1 statement)."""
    people = (
        select(literal("people").label("kind"), Person.country.label("country"), func.count().label("n"))
        .where(Person.confirmed_at.is_not(None), Person.country.in_(region.countries))
        .group_by(Person.country)
    )
    organisations = (
        select(literal("organisations"), Organisation.country, func.count())
        .where(
            Organisation.accepted_at.is_not(None),
            Organisation.merged_into_id.is_(None),
            Organisation.country.in_(region.countries),
        )
        .group_by(Organisation.country)
    )
    found: dict[str, dict[str, int]] = {}
    row: Any
    for row in session.execute(union_all(people, organisations)):
        found.setdefault(row.country, {})[row.kind] = row.n
    return [Country(code, n.get("people", 0), n.get("organisations", 0)) for code, n in found.items()]


@dataclass(frozen=True)
class News:
    """Something that happened in a region: who joined, which organisation was accepted."""

    kind: str
    name: str
    row_id: int
    code: str | None
    when: datetime


def news_in(session: Session, region: Region) -> list[News]:
    """List the newest joins and organisations of a region (1 statement)."""
    joined = (
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
        .where(Membership.region == region.slug, Membership.ended_at.is_(None), Person.is_listed)
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
        .where(Organisation.accepted_at.is_not(None), Organisation.country.in_(region.countries))
        .order_by(Organisation.accepted_at.desc(), Organisation.id.desc())
        .limit(NEWEST)
        .subquery()
    )
    both = union_all(select(joined), select(accepted)).subquery()
    rows = session.execute(select(both).order_by(both.c.at.desc(), both.c.row_id.desc()).limit(NEWEST))
    return [News(*row) for row in rows]
