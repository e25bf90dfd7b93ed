"""Reminding, without being asked, whoever has not answered as the last day comes near. The worker asks for it."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload

from permille.consultations.inviting import remind
from permille.consultations.models import Consultation, Consultee
from permille.consultations.preparing import CannotConsult
from permille.foundation.database import Session, held
from permille.foundation.days import today
from permille.vacancies.models import Vacancy
from permille.vacancies.record import hold_vacancy

BEFORE = timedelta(days=3)


def remind_in_time(session: Session) -> None:
    """Remind, once and three days before the last day, everybody who was not reminded yet. Commits each on its own."""
    waits = select(Consultee.id).where(
        Consultee.consultation_id == Consultation.id,
        Consultee.invited_at.is_not(None),
        Consultee.answered_at.is_(None),
    )
    query = (
        select(Consultation)
        .join(Consultation.vacancy)
        .where(
            Consultation.reminded_for.is_distinct_from(Consultation.last_day),
            Consultation.last_day.between(today(), today() + BEFORE),
            Vacancy.consultation_at.is_not(None),
            Vacancy.nomination_at.is_(None),
            Vacancy.ended_at.is_(None),
            waits.exists(),
        )
        .options(joinedload(Consultation.vacancy).joinedload(Vacancy.objective), raiseload("*"))
    )
    for one in list(session.scalars(query)):
        hold_vacancy(session, one.vacancy_id)
        session.scalar(held(select(Consultation).where(Consultation.id == one.id), Consultation))
        if one.reminded_for == one.last_day:  # another worker was faster
            session.rollback()
            continue
        one.reminded_for = one.last_day
        try:
            remind(session, None, one, one.vacancy.objective)
        except CannotConsult:
            session.rollback()
        else:
            session.commit()
    session.rollback()  # lets go of the database: a reader here is a writer too
