"""What home shows, in one statement."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import JSON, cast, literal, null, select, union_all

from permille.foundation.database import Session
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Goal, Objective
from permille.people.places import counts_by_country
from permille.regions.models import Region


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
    goals: dict[str, Horizon] = {}
    countries: dict[str, int] = {}
    for row in session.execute(_home_query()):
        if row.kind == "country":
            countries[row.code] = countries.get(row.code, 0) + row.n
            continue
        goal = goals.setdefault(row.code[0], Horizon(row.code[0], row.title, row.summary))
        goal.objectives.append(Tile(row.code, row.label))
    return list(goals.values()), countries


@cache
def _home_query() -> Any:
    objectives = select(
        literal("objective").label("kind"),
        Objective.code.label("code"),
        Objective.label.label("label"),
        Goal.title.label("title"),
        Goal.summary.label("summary"),
        literal(0).label("n"),
    ).join(Objective.goal)
    empty = cast(null(), JSON)
    people = counts_by_country("country", empty, empty, empty)
    return union_all(objectives, *people).order_by("code")


def count_in(region: Region, countries: dict[str, int]) -> int:
    """Return how many people a region has."""
    return sum(countries.get(country, 0) for country in region.countries)
