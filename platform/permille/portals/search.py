"""Searching objectives, people, organisations, regions and countries at once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import raiseload

from permille.foundation import search
from permille.foundation.database import Session
from permille.foundation.languages import LANGUAGES
from permille.objectives.models import Objective
from permille.objectives.queries import objectives_by_id
from permille.people.models import Organisation, Person
from permille.people.places import with_place
from permille.regions.countries import names_in, region_of
from permille.regions.country_codes import code_of
from permille.regions.models import Region, all_regions
from permille.taskforces.chips import Chip, chips, offices_held

MOST = 20
LOOKED_AT = 400
"""Of what the index finds, some is not public: look at more than is shown."""


@dataclass(frozen=True)
class FoundPerson:
    """A listed person with the organisation others may see, and their offices."""

    id: int
    name: str
    organisation: str | None
    offices: tuple[Chip, ...]


@dataclass(frozen=True)
class Results:
    """What a search found, by kind: every objective, at most `MOST` of the others, and of which there is more."""

    objectives: list[Objective]
    regions: list[tuple[Region, str | None]]
    organisations: list[Organisation]
    people: list[FoundPerson]
    cut: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """How many results are shown."""
        return len(self.objectives) + len(self.regions) + len(self.organisations) + len(self.people)


def find_all(session: Session, query: str, lang: str) -> Results:
    """Search everything public (6 statements at most)."""
    objectives = objectives_by_id(session, search.find(session, "objective", query, lang, LOOKED_AT))
    regions = _regions(query, lang)
    organisations = _organisations(session, search.find(session, "organisation", query, lang, LOOKED_AT))
    people = _people(session, search.find(session, "person", query, lang, LOOKED_AT))
    found: dict[str, list[Any]] = {"regions": regions, "organisations": organisations, "people": people}
    cut = frozenset(kind for kind, rows in found.items() if len(rows) > MOST)
    return Results(objectives, regions[:MOST], organisations[:MOST], people[:MOST], cut)


def _regions(query: str, lang: str) -> list[tuple[Region, str | None]]:
    wanted = search.fold(query).strip()
    if len(wanted) < (1 if search.HAN.match(wanted) else 2):
        return []
    regions = all_regions().values()
    by_name = [
        (one, None) for one in regions if any(wanted in search.fold(name) for name in one.name.values())
    ]
    meant = code_of(query)
    codes = [
        code for code, names in _folded_names().items() if any(name.startswith(wanted) for name in names)
    ]
    if meant and meant not in codes:
        codes.insert(0, meant)
    by_country = [(region, names_in(lang)[code]) for code in codes if (region := region_of(code))]
    return [*by_name, *by_country]


@cache
def _folded_names() -> dict[str, frozenset[str]]:
    """Return the names of every country in all languages as they are compared, by code."""
    return {
        code: frozenset(search.fold(names_in(lang)[code]) for lang in LANGUAGES) for code in names_in("en")
    }


def _organisations(session: Session, ids: list[int]) -> list[Organisation]:
    if not ids:
        return []
    query = (
        select(Organisation)
        .where(Organisation.id.in_(ids), Organisation.shown())
        .options(raiseload("*"))
        .order_by(Organisation.name)
        .limit(MOST + 1)
    )
    return list(session.scalars(query))


def _people(session: Session, ids: list[int]) -> list[FoundPerson]:
    if not ids:
        return []
    query = (
        with_place(
            select(Person.id, Person.name, Organisation.name, offices_held()).select_from(Person),
            confirmed=True,
        )
        .where(Person.id.in_(ids), Person.public())
        .order_by(Person.name)
        .limit(MOST + 1)
    )
    return [FoundPerson(one, name, where, chips(told)) for one, name, where, told in session.execute(query)]
