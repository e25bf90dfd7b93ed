"""Forgetting what has served its purpose, as the privacy page says. The worker asks for it."""

from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.vacancies.applying import ANSWERS
from permille.vacancies.models import Application, Evidence, Vacancy, Watch
from permille.vacancies.record import RecordEntry

UNSENT = timedelta(days=30)
WATCHES = timedelta(days=2 * 365)


def forget_applications(session: Session, days: int) -> None:
    """Drop applications nobody sent, and the words and files of those whose vacancy ended `days` ago (5 statements).

    That somebody stood, and every step of the record, stays as a numbered entry.
    """
    present = now()
    unsynchronized = {"synchronize_session": False}
    over = select(Vacancy.id).where(Vacancy.ended_at < present - UNSENT)
    long_over = select(Vacancy.id).where(Vacancy.ended_at < present - timedelta(days=days))
    theirs = select(Application.id).where(Application.vacancy_id.in_(long_over))
    blank = {**dict.fromkeys(ANSWERS, ""), "languages": []}
    says_something = or_(*(getattr(Application, name) != "" for name in ANSWERS))
    for statement in (
        delete(Application).where(Application.sent_at.is_(None), Application.vacancy_id.in_(over)),
        delete(Evidence).where(Evidence.application_id.in_(theirs)),
        update(Application).where(Application.id.in_(theirs), says_something).values(**blank),
        update(RecordEntry)
        .where(or_(RecordEntry.subject_id.is_not(None), RecordEntry.act == "record.corrected"))
        .where(RecordEntry.said.is_not(None))
        .where(RecordEntry.vacancy_id.in_(long_over))
        .values(said=None),
        delete(Watch).where(Watch.created_at < present - WATCHES),
    ):
        session.execute(statement, execution_options=unsynchronized)
