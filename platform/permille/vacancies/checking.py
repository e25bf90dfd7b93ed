"""Whether a record is as it was written: its own entries, and what packages above keep beside it under its seal."""

from collections.abc import Callable, Iterable

from permille.foundation.database import Session
from permille.vacancies.record import broken_records

Check = Callable[[Session, int], Iterable[str]]

_checks: dict[str, Check] = {"entries": broken_records}


def proven_by_records(name: str, check: Check) -> None:
    """Declare what else records prove: `check(session, vacancy_id)` yields what does not fit, of all vacancies for 0."""
    _checks[name] = check


def flaws(session: Session, vacancy_id: int = 0) -> list[str]:
    """Return what is not as it was written, of all vacancies or of one (2 statements, and those of the checks above)."""
    return [flaw for check in _checks.values() for flaw in check(session, vacancy_id)]
