"""Where people are: the country they say, else that of the organisation they belong to."""

from typing import Any

from sqlalchemy import String, and_, case, cast, func, literal, select
from sqlalchemy.sql import ColumnElement

from permille.people.models import Affiliation, Organisation, Person
from permille.regions.countries import region_of
from permille.regions.models import Region

COUNTRY = func.coalesce(Person.country, Organisation.country)
"""A person's country in a query that went through `with_place`."""


def country_of(person: Person) -> str | None:
    """Return the country a person says, else that of their organisation."""
    if person.country or person.affiliation is None:
        return person.country
    return person.affiliation.organisation.country


def region_of_person(person: Person) -> Region | None:
    """Return a person's region; None as long as their country is unknown."""
    return region_of(country_of(person) or "")


def with_place(query: Any, *, confirmed: bool = False) -> Any:
    """Join the organisation a person belongs to now, or only the one that was confirmed."""
    holds = [Affiliation.person_id == Person.id, Affiliation.ended_at.is_(None)]
    if confirmed:
        holds.append(Affiliation.confirmed_at.is_not(None))
    return query.outerjoin(Affiliation, and_(*holds)).outerjoin(
        Organisation, Organisation.id == Affiliation.organisation_id
    )


def shown_country() -> ColumnElement[Any]:
    """Ask for the country others may see: published, else that of the confirmed organisation (`with_place`)."""
    is_published = cast(Person.published, String).contains('"country"')
    return case((and_(is_published, Person.country.is_not(None)), Person.country), else_=Organisation.country)


def counts_by_country(kind: str, *more: Any) -> list[Any]:
    """Return the selects, to be united, that count people by country: those who say it, those who do not.

    Each has the columns `kind`, country, `more` and the number.
    """
    told = select(literal(kind), Person.country, *more, func.count())
    untold = with_place(select(literal(kind), Organisation.country, *more, func.count()).select_from(Person))
    return [
        told.where(Person.confirmed_at.is_not(None), Person.country.is_not(None)).group_by(Person.country),
        untold.where(
            Person.confirmed_at.is_not(None), Person.country.is_(None), Organisation.country.is_not(None)
        ).group_by(Organisation.country),
    ]
