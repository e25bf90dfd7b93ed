"""How far the consultations have come, for the board of the Secretariat."""

from sqlalchemy import func, select

from permille.consultations.models import Consultation, Consultee
from permille.foundation.database import Session
from permille.foundation.days import today
from permille.vacancies.models import Vacancy
from permille.vacancies.progress import Detail


def answers_by_vacancy(session: Session) -> dict[int, Detail]:
    """Return of every consultation that runs how many were asked and have answered, its last day, and whether it is past.

    1 statement.
    """
    query = (
        select(
            Consultation.vacancy_id,
            func.count(Consultee.invited_at),
            func.count(Consultee.answered_at),
            Consultation.last_day,
        )
        .join(Vacancy, Vacancy.id == Consultation.vacancy_id)
        .outerjoin(Consultee, Consultee.consultation_id == Consultation.id)
        .where(
            Vacancy.ended_at.is_(None), Vacancy.consultation_at.is_not(None), Vacancy.nomination_at.is_(None)
        )
        .group_by(Consultation.vacancy_id, Consultation.last_day)
    )
    return {
        vacancy_id: ("consultation", asked, answered, last_day, last_day < today())
        for vacancy_id, asked, answered, last_day in session.execute(query)
    }
