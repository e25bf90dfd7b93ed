"""Who has an interest in a vacancy, and is out of it: who stands for it or has stood, and whom packages above name."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from permille.foundation.database import Session
from permille.vacancies.models import Application, Vacancy

Condition = Callable[[Any, Any], ColumnElement[bool]]


def _stood(vacancy_id: Any, person_id: Any) -> ColumnElement[bool]:
    # Also who stood down: they know too much.
    return exists().where(
        Application.vacancy_id == vacancy_id,
        Application.person_id == person_id,
        Application.sent_at.is_not(None),
    )


_interests: dict[str, Condition] = {"standing": _stood}


def interest(name: str, condition: Condition) -> None:
    """Declare what else keeps somebody out of a vacancy: `condition(vacancy_id, person_id)`."""
    _interests[name] = condition


def interested(vacancy_id: Any, person_id: Any) -> ColumnElement[bool]:
    """Ask whether a person has an interest in a vacancy."""
    return or_(*(condition(vacancy_id, person_id) for condition in _interests.values()))


def has_interest(session: Session, vacancy_id: int, person_id: int) -> bool:
    """Tell whether a person has an interest in a vacancy (1 statement)."""
    return bool(session.scalar(select(interested(vacancy_id, person_id))))


def interests_of(session: Session, person_id: int) -> set[int]:
    """Return the vacancies a person has an interest in (1 statement)."""
    return set(session.scalars(select(Vacancy.id).where(interested(Vacancy.id, person_id))))
