"""How far vacancies have come beyond their step, as packages above know it: for the board of the Secretariat."""

from collections.abc import Callable, Hashable

from permille.foundation.database import Session

Detail = tuple[Hashable, ...]
"""A kind of detail and its values; `parts/board.html` says each kind in words."""
Question = Callable[[Session], dict[int, Detail]]

_asked: dict[str, Question] = {}


def details_come_from(name: str, question: Question) -> None:
    """Let a package above tell something of the vacancies that run, by their ids."""
    _asked[name] = question


def details(session: Session) -> dict[int, tuple[Detail, ...]]:
    """Return what packages above tell of the vacancies that run (1 statement each)."""
    found: dict[int, tuple[Detail, ...]] = {}
    for question in _asked.values():
        for vacancy_id, detail in question(session).items():
            found[vacancy_id] = (*found.get(vacancy_id, ()), detail)
    return found
