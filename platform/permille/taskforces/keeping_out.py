"""Whoever a package above keeps out of a task force: asked wherever a membership is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from permille.foundation.database import Session


@dataclass(frozen=True)
class KeptOut:
    """That somebody cannot join a task force: from which day on they can again, and whether they are suspended."""

    until: date
    is_suspended: bool


class StaysOut(ValueError):
    """The person cannot join this task force at present."""


Asks = Callable[[Session, int, int], KeptOut | None]
_asks: list[Asks] = []


def kept_out_by(asks: Asks) -> None:
    """Let a package above say who cannot join: it is given the ids of an objective and of a person."""
    _asks[:] = [asks]


def kept_out(session: Session, objective_id: int, person_id: int) -> KeptOut | None:
    """Tell whether somebody cannot join a task force at present (1 statement)."""
    return _asks[0](session, objective_id, person_id) if _asks else None
