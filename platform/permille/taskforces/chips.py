"""Chips: what somebody is, told beside their name: their offices, and whether they are of the Secretariat."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import aliased

from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate

SECRETARIAT = "secretariat"


@dataclass(frozen=True, order=True)
class Chip:
    """An office somebody holds: the leader's has no region, and being of the Secretariat no code."""

    code: str
    region: str


def offices_held(*, objective_id: int | None = None, everyone: bool = False) -> ColumnElement[str]:
    """Ask, as one more column of a query of people, what each of them is; `chips` reads it.

    Of somebody who is not listed it tells only what they are in the task force the page is about, if there is one;
    with `everyone`, for the desk, it tells all of everybody.
    """
    held, of = aliased(Mandate), aliased(Objective)
    is_listed = true() if everyone else Person.is_listed.is_(True)
    shown = is_listed if objective_id is None else or_(is_listed, held.objective_id == objective_id)
    told = of.code + ":" + func.coalesce(held.region, "")
    offices = (
        select(func.aggregate_strings(told, " "))
        .select_from(held)
        .join(of, of.id == held.objective_id)
        .where(held.person_id == Person.id, held.ended_at.is_(None), shown)
        .correlate(Person)
        .scalar_subquery()
    )
    at_desk = case((and_(Person.at_desk(), is_listed), f" {SECRETARIAT}"), else_="")
    return func.coalesce(offices, "") + at_desk


def chips(told: str | None) -> tuple[Chip, ...]:
    """Read what `offices_held` told, by code of the task force; the Secretariat stands first."""
    found = {one.partition(":")[::2] for one in (told or "").split()}
    return tuple(sorted(Chip("" if code == SECRETARIAT else code, region) for code, region in found))


def chips_of(session: Session, people: Iterable[int | None], *, everyone: bool = False) -> dict[int, Any]:
    """Return the chips of people by their ids (1 statement, none for nobody)."""
    ids = {one for one in people if one}
    if not ids:
        return {}
    query = select(Person.id, offices_held(everyone=everyone)).where(Person.id.in_(ids))
    return {person_id: chips(told) for person_id, told in session.execute(query)}
