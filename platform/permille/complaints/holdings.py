"""What this package holds about a person: complaints they made, those they answered, and those they were named to read."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, raiseload

from permille.complaints.models import Complaint
from permille.foundation.database import Session
from permille.foundation.erasure import date_of, holds
from permille.nominations.models import Nomination
from permille.people.models import Person
from permille.vacancies.models import Vacancy


def declare() -> None:
    """Declare what is held about a person."""
    holds("complaints answered", _tell_answered, _keep, "complaint.answered_by_id")
    holds("complaints to read", _tell_entrusted, _keep, "complaint.reader_id")
    holds("complaints", _tell_complaints, _erase_complaints, "complaint.person_id")


def _tell_complaints(session: Session, person: Person) -> list[dict[str, Any]]:
    return [
        {
            "task force": one.nomination.vacancy.objective.code,
            "region": one.nomination.vacancy.region,
            "made": date_of(one.created_at),
            "words": one.words,
            "answered": date_of(one.answered_at),
            "finding": one.finding,
            "answer": one.answer,
        }
        for one in session.scalars(_with_seat(select(Complaint).where(Complaint.person_id == person.id)))
    ]


def _tell_answered(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(_with_seat(select(Complaint).where(Complaint.answered_by_id == person.id)))
    return [
        {"task force": one.nomination.vacancy.objective.code, "answered": date_of(one.answered_at)}
        for one in rows
    ]


def _tell_entrusted(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.scalars(_with_seat(select(Complaint).where(Complaint.reader_id == person.id)))
    return [
        {"task force": one.nomination.vacancy.objective.code, "named": date_of(one.reader_named_at)}
        for one in rows
    ]


def _with_seat(query: Any) -> Any:
    seat = joinedload(Complaint.nomination).joinedload(Nomination.vacancy).joinedload(Vacancy.objective)
    return query.options(seat, raiseload("*")).order_by(Complaint.id)


def _erase_complaints(session: Session, person: Person) -> None:
    # That there was one, and what came out of it, stays; whose it was and what it said does not.
    theirs = update(Complaint).where(Complaint.person_id == person.id).values(words="", answer="")
    session.execute(theirs, execution_options={"synchronize_session": False})


def _keep(_session: Session, _person: Person) -> None:
    """Keep what was done for others; the database takes the reference away with the account."""
