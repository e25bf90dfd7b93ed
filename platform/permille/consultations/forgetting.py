"""Forgetting what was answered, and who was asked, as the privacy page says. The worker asks for it."""

from datetime import timedelta

from sqlalchemy import delete, func, or_, select, update

from permille.consultations.models import Answer, Consultation, Consultee, Opinion
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.vacancies.models import Vacancy


def forget_answers(session: Session, days: int) -> None:
    """Drop the words of answers, and the names of those asked, `days` after the end of a vacancy (4 statements).

    What was chosen, and every step of the record, stays without a name.
    """
    present = now()
    over = (
        select(Consultation.id)
        .join(Consultation.vacancy)
        .where(Vacancy.ended_at < present - timedelta(days=days))
    )
    asked = select(Consultee.id).where(Consultee.consultation_id.in_(over))
    answers = select(Answer.id).where(Answer.consultee_id.in_(asked))
    named = or_(Consultee.person_id.is_not(None), Consultee.email.is_not(None), Consultee.name != "")
    said = or_(Opinion.words != "", Opinion.relation_note != "")
    unsynchronized = {"synchronize_session": False}
    for statement in (
        update(Opinion).where(Opinion.answer_id.in_(answers), said).values(words="", relation_note=""),
        update(Answer)
        .where(Answer.id.in_(answers), or_(Answer.erased_at.is_(None), Answer.words != ""))
        .values(words="", erased_at=func.coalesce(Answer.erased_at, present)),
        delete(Consultee).where(Consultee.id.in_(asked), Consultee.answered_at.is_(None)),
        update(Consultee).where(Consultee.id.in_(asked), named).values(person_id=None, email=None, name=""),
    ):
        session.execute(statement, execution_options=unsynchronized)
