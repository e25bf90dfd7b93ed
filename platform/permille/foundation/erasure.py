"""Erasure: the registry in which every package declares what it holds about a person.

Export and deletion walk the same list, so that nothing can be told without being erasable,
nor kept without being told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from permille.foundation.database import Session

Tell = Callable[[Session, Any], Any]
Erase = Callable[[Session, Any], None]


@dataclass(frozen=True)
class Holding:
    """One kind of data held about a person: how to tell it, how to erase it, and which columns point at them."""

    name: str
    tell: Tell
    erase: Erase
    columns: tuple[str, ...] = ()


_holdings: dict[str, Holding] = {}


def holds(name: str, tell: Tell, erase: Erase, *columns: str) -> None:
    """Declare a holding. `tell(session, person)` returns JSON-ready data; `erase` removes it.

    `columns` names what it covers, as `table.column`: every reference to a person is in some holding.
    """
    _holdings[name] = Holding(name, tell, erase, columns)


def tell_all(session: Session, person: Any) -> dict[str, Any]:
    """Return everything held about a person, by holding."""
    return {holding.name: holding.tell(session, person) for holding in _holdings.values()}


def erase_all(session: Session, person: Any) -> None:
    """Erase everything held about a person: what was declared last goes first, the account itself at the end."""
    for holding in reversed(_holdings.values()):
        holding.erase(session, person)


def covered() -> set[str]:
    """Return every reference to a person that some holding covers, as `table.column`."""
    return {column for holding in _holdings.values() for column in holding.columns}


def date_of(when: datetime | None) -> str | None:
    """Write a point in time as it is told."""
    return when.isoformat() if when else None
