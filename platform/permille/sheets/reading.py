"""Reading the cells of a row: what they say, and what is wrong with them, column by column."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from permille.foundation import search
from permille.foundation.day_fields import day_in_cell
from permille.foundation.forms import can_be_address, can_be_web_address
from permille.foundation.languages import LANGUAGES, NAMES, _, number, speaking
from permille.foundation.uploads import BEYOND
from permille.regions.models import all_regions
from permille.sheets.models import What
from permille.sheets.words import ALSO_WRITTEN, ANSWERS, COLUMNS
from permille.taskforces.models import Office
from permille.taskforces.words import OFFICES
from permille.vacancies.models.applications import LONGEST_ANSWER, LONGEST_NOTE, MOST_LINKS

Problem = tuple[str, str]
"""A column, and what is wrong in it."""

LONGEST = {
    **dict.fromkeys(("why", "experience", "knowledge"), LONGEST_ANSWER),
    **dict.fromkeys(("time", "endorsement"), LONGEST_NOTE),
    "links": 2000,
}
YES = ("yes", "y", "true", "1", "x", "acting")
NO = ("no", "n", "false", "0")


def heading(said: str) -> str:
    """Return the column a heading means: `E-mail` is `email`, `begins on` is `begins_on`."""
    plain = re.sub(r"[\s_-]+", "_", said.strip().lower())
    return ALSO_WRITTEN.get(plain, plain)


def read(what: What, cells: dict[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """Return what a row says by column, none where a cell is empty, and what is wrong with it."""
    said: dict[str, Any] = {}
    problems: list[Problem] = []
    if cells.get(BEYOND):
        problems.append(("", _("the line has more cells than there are headings")))
    for column in COLUMNS[what]:
        cell, said[column] = cells.get(column, ""), None
        if len(cell) > (most := LONGEST.get(column, 200)):
            problems.append((column, _("longer than %(most)s characters", most=number(most))))
        elif cell:
            try:
                said[column] = READERS.get(column, _text)(cell)
            except ValueError as problem:
                problems.append((column, str(problem)))
    if what == What.CANDIDATES:
        said |= {column: said[column] or "" for column in ANSWERS if column != "languages"}
        said["languages"] = said["languages"] or []
    return said, problems


def _text(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _line(cell: str) -> str:
    return " ".join(cell.split())


def _code(cell: str) -> str:
    return cell.strip().upper()


def _email(cell: str) -> str:
    address = cell.strip().lower()
    if not can_be_address(address):
        raise ValueError(_("“%(said)s” is no e-mail address", said=cell[:60]))
    return address


def _acting(cell: str) -> bool:
    if (folded := search.fold(cell)) in (*YES, *NO):
        return folded in YES
    raise ValueError(_("write “yes”, or leave it empty"))


def _language(cell: str) -> str:
    return _one_of(_languages_named(), cell)


def _languages(cell: str) -> list[str]:
    return list(dict.fromkeys(_language(one) for one in re.split(r"[|,;\s]+", cell) if one))


def _office(cell: str) -> Office:
    return Office(_one_of(_offices_named(), cell))


def _region(cell: str) -> str:
    return _one_of(_regions_named(), cell)


def _links(cell: str) -> str:
    lines = [one for one in re.split(r"[|\s]+", cell) if one]
    if len(lines) > MOST_LINKS or not all(can_be_web_address(one) for one in lines):
        raise ValueError(_("up to %(most)s web addresses that start with https://", most=number(MOST_LINKS)))
    return "\n".join(lines)


def _one_of(known: dict[str, str], cell: str) -> str:
    found = known.get(search.fold(cell).strip())
    if found is None:
        raise ValueError(_("“%(said)s” is not known", said=cell[:60]))
    return found


@cache
def _languages_named() -> dict[str, str]:
    return {code: code for code in LANGUAGES} | {search.fold(name): code for code, name in NAMES.items()}


@cache
def _offices_named() -> dict[str, str]:
    found = {office.value: office.value for office in Office}
    for lang in LANGUAGES:
        with speaking(lang):
            for office in Office:  # some languages name a woman and a man who holds it
                names = (str(OFFICES[office]), *re.split(r"[,/،]", str(OFFICES[office])))
                found |= {search.fold(name).strip(): office.value for name in names}
    return found


@cache
def _regions_named() -> dict[str, str]:
    found = {slug: slug for slug in all_regions()}
    return found | {
        search.fold(name): slug for slug, region in all_regions().items() for name in region.name.values()
    }


READERS: dict[str, Callable[[str], Any]] = {
    "objective": _code,
    "office": _office,
    "region": _region,
    "email": _email,
    "name": _line,
    "language": _language,
    "organisation": _line,
    "begins_on": day_in_cell,
    "ends_on": day_in_cell,
    "sent_on": day_in_cell,
    "acting": _acting,
    "languages": _languages,
    "links": _links,
}
