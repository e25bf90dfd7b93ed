"""Forgetting the words of complaints, as the privacy page says of applications. The worker asks for it."""

from datetime import timedelta

from sqlalchemy import or_, select, update

from permille.complaints.models import Complaint
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.nominations.models import Nomination
from permille.vacancies.models import Vacancy


def forget_complaints(session: Session, days: int) -> None:
    """Drop what was written `days` after the end of a vacancy (1 statement)."""
    over = select(Nomination.id).join(Vacancy, Vacancy.id == Nomination.vacancy_id)
    over = over.where(Vacancy.ended_at < now() - timedelta(days=days))
    old = update(Complaint).where(
        Complaint.nomination_id.in_(over), or_(Complaint.words != "", Complaint.answer != "")
    )
    session.execute(old.values(words="", answer=""), execution_options={"synchronize_session": False})
