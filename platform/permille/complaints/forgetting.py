"""Forgetting the words of complaints and whose they were, as the privacy page says of applications. The worker asks for it."""

from datetime import timedelta

from sqlalchemy import or_, select, update

from permille.complaints.models import Complaint
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.nominations.models import Nomination
from permille.vacancies.models import Vacancy


def forget_complaints(session: Session, days: int) -> None:
    """Drop what was written, by whom and for whom to read, `days` after the end of a vacancy (1 statement).

    That there was a complaint, and what came out of it, stays.
    """
    over = select(Nomination.id).join(Vacancy, Vacancy.id == Nomination.vacancy_id)
    over = over.where(Vacancy.ended_at < now() - timedelta(days=days))
    whose = or_(Complaint.person_id.is_not(None), Complaint.reader_id.is_not(None))
    said = or_(Complaint.words != "", Complaint.answer != "")
    old = update(Complaint).where(Complaint.nomination_id.in_(over), or_(said, whose))
    session.execute(
        old.values(words="", answer="", person_id=None, reader_id=None),
        execution_options={"synchronize_session": False},
    )
