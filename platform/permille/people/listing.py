"""Long lists in parts: how many there are, one part of them, and whether more follow."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import raiseload

from permille.foundation.database import Session
from permille.people.models import Organisation

NAME = func.lower(Organisation.name)


@dataclass(frozen=True)
class Part:
    """A part of a list of organisations, and how many the whole list has."""

    rows: list[Organisation]
    total: int
    has_more: bool


def part_of(session: Session, query: Select[Organisation], after: int, most: int, by: Any = NAME) -> Part:
    """Read up to `most` organisations that follow the one with the id `after`, in the order of `by` (2 statements)."""
    total = session.scalar(query.with_only_columns(func.count(Organisation.id))) or 0
    if after:
        last = select(by).where(Organisation.id == after).scalar_subquery()
        query = query.where(or_(by > last, and_(by == last, Organisation.id > after)))
    ordered = query.options(raiseload("*")).order_by(by, Organisation.id).limit(most + 1)
    rows = list(session.scalars(ordered))
    return Part(rows[:most], total, len(rows) > most)
