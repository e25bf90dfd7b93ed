"""Organisations as lines of a table: what the cells of a line say, and the line of an organisation.

What `cells_of` writes, `facts_of` reads back as it was.
"""

import csv
from functools import cache
from typing import Any

from permille.foundation import search
from permille.foundation.day_fields import day_in_cell
from permille.foundation.days import end_of
from permille.foundation.forms import can_be_web_address
from permille.foundation.languages import LANGUAGES, _, speaking
from permille.foundation.uploads import BEYOND
from permille.people.models import Organisation, OrganisationKind, StandingState
from permille.people.words import KINDS, STATES
from permille.regions.country_codes import code_of

COLUMNS = ("name", "country", "kind", "standing", "evidence", "since", "until", "aliases", "website")
REQUIRED = ("name", "country")
LONGEST = {"name": 200, "evidence": 2000, "website": 200, "aliases": 20_000}


def facts_of(cells: dict[str, str]) -> dict[str, Any]:
    """Read a line; an empty cell says nothing. Raises `ValueError`, in the reader's language, if it is wrong."""
    _check(cells)
    facts: dict[str, Any] = {"name": " ".join(cells["name"].split()), "country": _country(cells["country"])}
    for column, read in READERS.items():
        if cells.get(column):
            facts["state" if column == "standing" else column] = read(cells[column])
    names = facts.get("aliases", ())
    return facts | {"aliases": [one for one in dict.fromkeys(names) if one and one != facts["name"]]}


def cells_of(one: Organisation) -> tuple[Any, ...]:
    """Return the line of an organisation."""
    last = one.last_standing
    since = last.since.isoformat() if last and last.since else ""
    until = one.state_until.date().isoformat() if one.state_until else ""
    evidence = last.evidence if last else ""
    kind = one.kind or ""
    return one.name, one.country, kind, one.state, evidence, since, until, _joined(one.aliases), one.website


def _check(cells: dict[str, str]) -> None:
    if cells.get(BEYOND):
        raise ValueError(_("the line has more cells than there are headings"))
    for name in REQUIRED:
        if not cells.get(name):
            raise ValueError(_("the cell “%(column)s” is empty", column=name))
    for name, most in LONGEST.items():
        if len(cells.get(name, "")) > most:
            raise ValueError(_("the cell “%(column)s” is too long", column=name))


def _website(said: str) -> str:
    if not can_be_web_address(said):
        raise ValueError(_("the website must start with https://"))
    return said


def _names(said: str) -> list[str]:
    """Read names between vertical bars; a name with a bar in it stands in quotation marks."""
    names = [" ".join(one.split()) for row in csv.reader([said], delimiter="|") for one in row]
    if any(len(one) > LONGEST["name"] for one in names):
        raise ValueError(_("the cell “%(column)s” is too long", column="aliases"))
    return names


def _joined(names: list[str]) -> str:
    return "|".join(
        f'"{one.replace(chr(34), chr(34) * 2)}"' if set(one) & {"|", '"'} else one for one in names
    )


def _country(said: str) -> str:
    return _known(code_of(said), said, "country")


def _kind(said: str) -> OrganisationKind:
    return OrganisationKind(_known(_words("kind").get(search.fold(said).strip()), said, "kind"))


def _state(said: str) -> StandingState:
    return StandingState(_known(_words("standing").get(search.fold(said).strip()), said, "standing"))


def _known(found: str | None, said: str, column: str) -> str:
    if found is None:
        raise ValueError(_("“%(said)s” is not known as “%(column)s”", said=said[:60], column=column))
    return found


@cache
def _words(column: str) -> dict[str, str]:
    labels: dict[Any, Any] = dict(KINDS if column == "kind" else STATES)
    found = {value.value: value.value for value in labels}
    for lang in LANGUAGES:
        with speaking(lang):
            found |= {search.fold(str(label)): value.value for value, label in labels.items()}
    return found


READERS: dict[str, Any] = {
    "kind": _kind,
    "standing": _state,
    "evidence": str,
    "since": day_in_cell,
    "until": lambda said: end_of(day_in_cell(said)),
    "aliases": _names,
    "website": _website,
}
