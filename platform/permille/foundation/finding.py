"""Small things every page of records needs: a number from the address, a record or 404."""

from typing import TypeVar

from flask import abort, request

from permille.foundation.database import LARGEST_ID
from permille.foundation.forms import clean

Record = TypeVar("Record")
MOST_LETTERS = 200


def number(name: str) -> int:
    """Return a number of the query (0 when it is absent); 404 when it cannot be an id."""
    return within(request.args.get(name, 0, type=int))


def within(value: int) -> int:
    """Return an id that a database can know, else 404."""
    return value if 0 <= value <= LARGEST_ID else abort(404)


def words() -> str:
    """Return what is searched for."""
    return (clean(request.args.get("q")) or "")[:MOST_LETTERS]


def found(record: Record | None) -> Record:
    """Return a record that is there, else 404."""
    return record if record is not None else abort(404)
