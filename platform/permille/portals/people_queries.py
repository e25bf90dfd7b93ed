"""The people and organisations of a region or of one of its countries, as everyone may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import raiseload

from permille.foundation.database import Session
from permille.people.models import Organisation, Person
from permille.people.places import shown_country, with_place
from permille.taskforces.chips import Chip, chips, offices_held

PAGE = 40


@dataclass(frozen=True)
class Local:
    """A listed person, with the organisation and the country others may see, and their offices."""

    id: int
    name: str
    organisation: str | None
    country: str
    offices: tuple[Chip, ...]


@dataclass(frozen=True)
class Listing:
    """One page of a list, and whether there is more."""

    rows: Sequence[Any]
    has_more: bool


def people_in(session: Session, countries: Sequence[str], before: int) -> Listing:
    """List listed people by the country others may see, newest first, from before an id (1 statement)."""
    country = shown_country()
    query = with_place(
        select(Person.id, Person.name, Organisation.name, country, offices_held()).select_from(Person),
        confirmed=True,
    ).where(
        Person.public(),
        Person.name != "",
        country.in_(countries),
    )
    if before:
        query = query.where(Person.id < before)
    rows = list(session.execute(query.order_by(Person.id.desc()).limit(PAGE + 1)))
    return Listing(
        [Local(row[0], row[1], row[2], row[3], chips(row[4])) for row in rows[:PAGE]], len(rows) > PAGE
    )


def organisations_in(session: Session, countries: Sequence[str], before: int) -> Listing:
    """List accepted organisations of some countries, newest first, from before an id (1 statement)."""
    query = select(Organisation).where(Organisation.shown(), Organisation.country.in_(countries))
    if before:
        query = query.where(Organisation.id < before)
    query = query.options(raiseload("*")).order_by(Organisation.id.desc()).limit(PAGE + 1)
    rows = list(session.scalars(query))
    return Listing(rows[:PAGE], len(rows) > PAGE)
