"""Coverage: who holds which seat, for all task forces and regions at once."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from permille.foundation.database import Session
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate, Office
from permille.taskforces.queries import Seat


@dataclass
class Cover:
    """A task force with its seats: the leader's under None, the others under their region's slug."""

    code: str
    label: Multilingual
    seats: dict[str | None, Seat] = field(default_factory=dict)


def coverage(session: Session, regions: list[str]) -> list[Cover]:
    """List every task force with all its seats, held or open (1 statement)."""
    holds = and_(Mandate.objective_id == Objective.id, Mandate.ended_at.is_(None))
    # A label is in six languages: it is read once for its task force, not with every seat.
    is_first = func.row_number().over(partition_by=Objective.id) == 1
    query = (
        select(
            Objective.code,
            case((is_first, Objective.label)).label("label"),
            is_first.label("is_first"),
            Mandate.region,
            Person.id,
            case((Person.is_listed, Person.name)).label("name"),
            Person.public().label("has_page"),
            Mandate.is_acting,
        )
        .select_from(Objective)
        .outerjoin(Mandate, holds)
        .outerjoin(Person, Person.id == Mandate.person_id)
        .order_by(Objective.code)
    )
    found: dict[str, Cover] = {}
    nobody = _open_seats(regions)
    row: Any
    for row in session.execute(query):
        if row.code not in found:
            found[row.code] = Cover(row.code, row.label, nobody.copy())
        if row.is_first:
            found[row.code].label = row.label
        if row.id is not None and row.region in found[row.code].seats:
            office = Office.REPRESENTATIVE if row.region else Office.LEADER
            found[row.code].seats[row.region] = Seat(
                office, row.region, row.id, row.name, has_page=row.has_page, is_acting=row.is_acting
            )
    return list(found.values())


def _open_seats(regions: list[str]) -> dict[str | None, Seat]:
    seats: dict[str | None, Seat] = {None: Seat(Office.LEADER, None)}
    return seats | {region: Seat(Office.REPRESENTATIVE, region) for region in regions}


def with_open_seat(office: Office, region: str, regions: list[str]) -> ColumnElement[bool]:
    """Ask whether an objective's seat is open: the leader's, that of a region, or without one any regional seat."""
    held = select(func.count()).select_from(Mandate)
    held = held.where(
        Mandate.objective_id == Objective.id, Mandate.office == office, Mandate.ended_at.is_(None)
    )
    if office == Office.LEADER:
        return held.scalar_subquery() < 1
    wanted = [region] if region else regions
    return held.where(Mandate.region.in_(wanted)).scalar_subquery() < len(wanted)
