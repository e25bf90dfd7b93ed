"""Forgetting the reasons of nominations, as the privacy page says of applications. The worker asks for it."""

from datetime import timedelta

from sqlalchemy import or_, select, update

from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.nominations.holdings import blank
from permille.nominations.models import Nomination, Refusal
from permille.vacancies.models import Vacancy


def forget_nominations(session: Session, days: int) -> None:
    """Drop what was written about candidates `days` after the end of a vacancy (2 statements)."""
    over = select(Vacancy.id).where(Vacancy.ended_at < now() - timedelta(days=days))
    old = select(Nomination.id).where(Nomination.vacancy_id.in_(over))
    for statement in (
        update(Nomination)
        .where(Nomination.id.in_(old), or_(Nomination.reason != "", Nomination.end_reason != ""))
        .values(**blank()),
        update(Refusal).where(Refusal.nomination_id.in_(old), Refusal.reason != "").values(reason=""),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})
