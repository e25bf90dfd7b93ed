"""Noting that a call has ended on its last day, for its record and its candidates. The worker asks for it."""

from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.database import Session
from permille.foundation.days import today
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.vacancies.candidate_letters import tell_candidates
from permille.vacancies.models import Step, Vacancy
from permille.vacancies.record import hold_with_seat, note
from permille.vacancies.seats import seat_of

OVER = "call_over"


def close_calls_in_time(session: Session) -> None:
    """Close the calls whose last day is past, and tell who takes part; commits each call on its own."""
    due = select(Vacancy.id).where(
        Vacancy.last_day < today(),
        Vacancy.closed_at.is_(None),
        Vacancy.consultation_at.is_(None),
        Vacancy.ended_at.is_(None),
    )
    for vacancy_id in session.scalars(due.order_by(Vacancy.id)).all():
        one = hold_with_seat(session, vacancy_id)
        if one is None or one.closed_at is not None or one.step != Step.CLOSED:  # another worker, or extended
            session.rollback()
            continue
        one.closed_at = one.closes_at
        name = seat_of(one)
        note(session, one, None, "call.closed")
        audit.record(
            session,
            None,
            "call.closed",
            one,
            objective=name.code,
            office=name.office.value,
            region=name.region,
        )
        tell_candidates(session, one, one.objective, OVER)
        session.commit()
    session.rollback()  # lets go of the database: a reader here is a writer too


declare(OVER, _l("A call you take part in has ended: Task Force %(code)s."), "code")
