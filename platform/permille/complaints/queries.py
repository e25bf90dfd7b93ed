"""Finding complaints, and who decided what they are about."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, raiseload

from permille.complaints.models import Complaint
from permille.consultations.models import PanelMember
from permille.foundation.database import Session
from permille.nominations.models import Nomination
from permille.people.models import Person
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import RecordEntry


def last_nomination(session: Session, objective_id: int, region: str | None) -> Nomination | None:
    """Find the nomination by which a seat was filled last (1 statement)."""
    query = (
        select(Nomination)
        .join(Nomination.vacancy)
        .where(Vacancy.objective_id == objective_id, Vacancy.region.is_not_distinct_from(region))
        .where(Nomination.accepted_at.is_not(None))
        .options(joinedload(Nomination.application), joinedload(Nomination.vacancy))
        .order_by(Nomination.id.desc())
        .limit(1)
    )
    return session.scalar(query)


def complaint_by_id(session: Session, complaint_id: int) -> Complaint | None:
    """Find a complaint with what it is about (1 statement)."""
    found: Complaint | None = session.scalar(
        _with_seat(select(Complaint).where(Complaint.id == complaint_id))
    )
    return found


def complaint_of(session: Session, nomination_id: int, person_id: int) -> Complaint | None:
    """Find somebody's complaint against a nomination (1 statement)."""
    query = select(Complaint).where(
        Complaint.nomination_id == nomination_id, Complaint.person_id == person_id
    )
    return session.scalar(query)


@dataclass(frozen=True)
class Case:
    """A complaint on the list of the Secretariat, and who had a part in the decision."""

    complaint: Complaint
    decided: set[int]


def cases(session: Session, most: int = 200) -> list[Case]:
    """List the complaints, those without an answer first, the oldest at the top (3 statements)."""
    query = (
        _with_seat(select(Complaint)).order_by(Complaint.answered_at.is_not(None), Complaint.id).limit(most)
    )
    rows = list(session.scalars(query))
    took_part = _took_part(session, {one.nomination.vacancy_id for one in rows})
    return [
        Case(one, _decided(one.nomination) | took_part.get(one.nomination.vacancy_id, set())) for one in rows
    ]


def unanswered_count(session: Session) -> int:
    """Count the complaints without an answer (1 statement)."""
    query = select(func.count()).select_from(Complaint).where(Complaint.answered_at.is_(None))
    return session.scalar(query) or 0


def decided_by(session: Session, nomination: Nomination) -> set[int]:
    """Return the ids of those who had a part in a nomination: who decided, the panel, every candidate (2 statements)."""
    return _decided(nomination) | _took_part(session, {nomination.vacancy_id}).get(
        nomination.vacancy_id, set()
    )


def handlers(session: Session, complaint: Complaint, decided: set[int]) -> list[Person]:
    """List who of the Secretariat can answer a complaint (1 statement)."""
    query = select(Person).where(Person.at_desk(), Person.id.not_in([*decided, complaint.person_id or 0]))
    return list(session.scalars(query.order_by(Person.id)))


def at_desk(session: Session) -> set[int]:
    """Return the ids of everybody of the Secretariat who can use the desk (1 statement)."""
    return set(session.scalars(select(Person.id).where(Person.at_desk())))


def _decided(nomination: Nomination) -> set[int]:
    return {one for one in (nomination.proposed_by_id, nomination.confirmed_by_id) if one}


def _took_part(session: Session, vacancies: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for model in (PanelMember, Application):
        rows = session.execute(
            select(model.vacancy_id, model.person_id).where(
                model.vacancy_id.in_(vacancies), model.person_id.is_not(None)
            )
        )
        for vacancy_id, person_id in rows:
            found.setdefault(vacancy_id, set()).add(person_id or 0)
    # Also who decided earlier, or was on the panel once: the record remembers them.
    acts = select(RecordEntry.vacancy_id, RecordEntry.actor_id, RecordEntry.subject_id, RecordEntry.act)
    named = RecordEntry.act.in_(("panel.named", "panel.declared"))
    decided = RecordEntry.act.in_(("nomination.proposed", "nomination.confirmed", "nomination.withdrawn"))
    for row in session.execute(acts.where(RecordEntry.vacancy_id.in_(vacancies), or_(named, decided))):
        who = row.subject_id if row.act.startswith("panel.") else row.actor_id
        found.setdefault(row.vacancy_id, set()).add(who or 0)
    return found


def _with_seat(query: Any) -> Any:
    seat = joinedload(Complaint.nomination).joinedload(Nomination.vacancy)
    return query.options(
        seat.joinedload(Vacancy.objective),
        joinedload(Complaint.nomination).joinedload(Nomination.application),
        joinedload(Complaint.person),
        joinedload(Complaint.reader),
        raiseload("*"),
    )
