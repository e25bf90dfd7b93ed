"""Uploads: every check a file passes before anybody reads it. Nothing is written to a disk.

CSV is the only kind yet. It is read by its content, not by what the browser says of it.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from werkzeug.datastructures import FileStorage

from permille.foundation.forms import clean
from permille.foundation.languages import _, number

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_ROWS = 5_000
MOST_LINES = 2 * MOST_ROWS + 1
"""Lines read at most, the headings and empty ones with them."""
MOST_COLUMNS = 50
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # and full-width
_FORMULA_FOLLOWS = r"(?<=[;\t\r\n])%s(?=['\" ]*[=+\-@\uff1d\uff0b\uff0d\uff20])"
BEGINNING = re.compile(_FORMULA_FOLLOWS % "")
MADE_SAFE = re.compile(_FORMULA_FOLLOWS % "'")
BEYOND = ""
"""Under this heading a row has what stands in cells beyond the last heading."""

SAID_SEPARATOR = re.compile(r"sep=([,;\t])", re.IGNORECASE)
View = TypeVar("View", bound=Callable[..., Any])


class Refused(ValueError):
    """A file that cannot be used; the message says why, in the reader's language."""


def takes_file(view: View) -> View:
    """Mark a view whose requests may be as large as a file; all others are held to the size of a form."""
    view.takes_file = True  # type: ignore[attr-defined]
    return view


@dataclass(frozen=True)
class Table:
    """The rows of a CSV file, each with its line number and its cells by heading (lower case)."""

    name: str
    headings: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]


def read_table(file: FileStorage | None) -> Table:
    """Read an uploaded CSV file: UTF-8, with headings, separated by commas, semicolons or tabs.

    Raises `Refused` for everything else.
    """
    name = (clean(file.filename if file else "") or "")[:200]
    if file is None or not name:
        raise Refused(_("Choose a file."))
    if not name.lower().endswith(".csv"):
        raise Refused(_("Only CSV files can be read. In your spreadsheet, choose Save as, then CSV (UTF-8)."))
    first, separator, text = _dialect(_text(file.stream.read(MOST_BYTES + 1)))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        lines = list(islice(reader, MOST_LINES + 1))
    except csv.Error as error:
        raise Refused(_("The file is not a proper CSV file.")) from error
    return _table(name, lines, first)


def _dialect(text: str) -> tuple[int, str, str]:
    """Return the number of the headings' line, the separator, and the text from the headings on."""
    head, _end, rest = text.partition("\n")
    said = SAID_SEPARATOR.fullmatch(head.strip('"\r '))  # a line that spreadsheets write and read
    return (2, said[1], rest) if said else (1, max(",;\t", key=head.count), text)


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        most = number(MOST_BYTES // MEGABYTE)
        raise Refused(_("The file is too big. It may have up to %(most)s MB.", most=most))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("The letters of this file cannot be read. Save it as CSV with the encoding UTF-8.")
        ) from error
    if "\0" in text:
        raise Refused(_("The file is not a proper CSV file."))
    return text


def _table(name: str, lines: list[list[str]], first: int) -> Table:
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise Refused(_("The file is empty. Its first line must be the headings."))
    headings = tuple((clean(cell) or "").lower() for cell in _filled(lines[0]))
    if len(headings) > MOST_COLUMNS or len(set(headings)) != len(headings):
        raise Refused(_("The first line must be the headings, each of them once."))
    rows = [
        (position, _row(headings, filled))
        for position, cells in enumerate(lines[1:], start=first + 1)
        if (filled := _filled(cells))
    ]
    if len(rows) > MOST_ROWS or len(lines) > MOST_LINES:
        raise Refused(_("The file has too many lines. It may have up to %(most)s.", most=number(MOST_ROWS)))
    return Table(name, headings, rows)


def _filled(cells: list[str]) -> list[str]:
    """Return a line without the empty cells at its end."""
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _row(headings: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    cleaned = [plain_cell(clean(cell) or "") for cell in cells] + [""] * (len(headings) - len(cells))
    row = dict(zip(headings, cleaned, strict=False))
    return row | {BEYOND: " ".join(cleaned[len(headings) :])} if len(cells) > len(headings) else row


def safe_cell(value: Any) -> str:
    """Return a value as a cell no spreadsheet takes for a formula, also not one that begins a cell at each semicolon."""
    text = BEGINNING.sub("'", "" if value is None else str(value))
    return f"'{text}" if _is_formula(text) else text


def plain_cell(text: str) -> str:
    """Return what `safe_cell` made safe as it was."""
    return MADE_SAFE.sub("", text[1:] if text.startswith("'") and _is_formula(text) else text)


def _is_formula(text: str) -> bool:
    return text.lstrip("'").startswith(FORMULAS)


def write_table(headings: tuple[str, ...], rows: list[tuple[Any, ...]]) -> bytes:
    """Return a CSV file (UTF-8 with a mark, as spreadsheets expect it) of safe cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
