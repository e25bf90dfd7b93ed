"""Uploads: every check a file passes before anybody reads it. Nothing is written to a disk.

CSV is the only kind yet. It is read by its content, not by what the browser says of it.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from werkzeug.datastructures import FileStorage

from permille.foundation.forms import clean
from permille.foundation.languages import _, number

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 5_000
MOST_LINES = 2 * MOST_ROWS + 1
"""Lines read at most, the headings and empty ones with them."""
MOST_COLUMNS = 50
LONGEST_CELL = 4_000
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # and full-width
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
    text = _text(file.stream.read(MOST_BYTES + 1))
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        lines = list(islice(reader, MOST_LINES + 1))
    except csv.Error as error:
        raise Refused(_("The file is not a proper CSV file.")) from error
    return _table(name, lines)


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Refused(_("The file is too big. It may have up to 10 MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(
            _("The letters of this file cannot be read. Save it as CSV with the encoding UTF-8.")
        ) from error
    if "\0" in text:
        raise Refused(_("The file is not a proper CSV file."))
    return text


def _table(name: str, lines: list[list[str]]) -> Table:
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise Refused(_("The file is empty. Its first line must be the headings."))
    headings = tuple((clean(cell) or "").lower() for cell in lines[0])
    if len(headings) > MOST_COLUMNS or len(set(headings)) != len(headings):
        raise Refused(_("The first line must be the headings, each of them once."))
    rows = []
    for position, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(headings):
            raise Refused(_("Line %(line)s has more cells than there are headings.", line=number(position)))
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Refused(_("Line %(line)s has a cell that is too long.", line=number(position)))
        padded = [clean(cell) or "" for cell in cells] + [""] * (len(headings) - len(cells))
        rows.append((position, dict(zip(headings, padded, strict=True))))
    if len(rows) > MOST_ROWS or len(lines) > MOST_LINES:
        raise Refused(_("The file has too many lines. It may have up to %(most)s.", most=number(MOST_ROWS)))
    return Table(name, headings, rows)


def safe_cell(value: Any) -> str:
    """Return a value as a cell no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULAS) else text


def write_table(headings: tuple[str, ...], rows: list[tuple[Any, ...]]) -> bytes:
    """Return a CSV file (UTF-8 with a mark, as spreadsheets expect it) of safe cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
