"""Finding consultations, their panels, who is asked, and what was answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

from permille.consultations.models import Answer, Consultation, Consultee, PanelMember
from permille.foundation.database import Session, held
from permille.foundation.outbox import Job
from permille.people.models import Person
from permille.vacancies.models import Vacancy


def consultation_of(session: Session, vacancy_id: int) -> Consultation | None:
    """Find the consultation of a vacancy (1 statement)."""
    query = select(Consultation).where(Consultation.vacancy_id == vacancy_id)
    return session.scalar(query.options(joinedload(Consultation.vacancy), raiseload("*")))


def panel_of(session: Session, vacancy_id: int) -> list[PanelMember]:
    """List the panel of a vacancy by name (1 statement)."""
    query = select(PanelMember).join(PanelMember.person).where(PanelMember.vacancy_id == vacancy_id)
    return list(
        session.scalars(query.options(contains_eager(PanelMember.person)).order_by(Person.name, Person.id))
    )


def seat_on_panel(session: Session, vacancy_id: int, person_id: int) -> PanelMember | None:
    """Find somebody's place on the panel of a vacancy (1 statement)."""
    return session.scalar(
        select(PanelMember).where(PanelMember.vacancy_id == vacancy_id, PanelMember.person_id == person_id)
    )


def related(vacancy_id: Any, person_id: Any) -> ColumnElement[bool]:
    """Ask whether somebody of a panel has declared a relation to a candidate."""
    return exists().where(
        PanelMember.vacancy_id == vacancy_id, PanelMember.person_id == person_id, PanelMember.is_related
    )


def is_of_panel(session: Session, vacancy: Vacancy, person: Person) -> bool:
    """Tell whether somebody is on the panel of a vacancy, without a relation; everybody is where there is none (1 statement)."""
    panel = panel_of(session, vacancy.id)
    return not panel or any(seat.person_id == person.id and not seat.is_related for seat in panel)


@dataclass(frozen=True)
class Asked:
    """A consultee on the list, and whether the mail to them was given up."""

    consultee: Consultee
    is_undelivered: bool
    is_late: bool


def asked(session: Session, consultation_id: int) -> list[Asked]:
    """List everybody who is or will be asked: who was not reached first, then by name (1 statement)."""
    lost = case((Job.failed_at.is_not(None), 1), else_=0)
    query = (
        select(Consultee, lost.label("lost"), Answer.is_late)
        .outerjoin(Consultee.person)
        .outerjoin(Job, Job.id == Consultee.job_id)
        .outerjoin(Answer, Answer.consultee_id == Consultee.id)
        .where(Consultee.consultation_id == consultation_id)
        .options(contains_eager(Consultee.person), raiseload("*"))
        .order_by(lost.desc(), func.coalesce(Person.name, Consultee.name), Consultee.id)
    )
    return [Asked(one, bool(is_lost), bool(late)) for one, is_lost, late in session.execute(query)]


def to_invite(session: Session, consultation_id: int, *, to_change: bool = False) -> list[Consultee]:
    """List those who were not asked yet, held if they are to be (1 statement)."""
    return _listed(session, consultation_id, Consultee.invited_at.is_(None), to_change=to_change)


def waited_for(session: Session, consultation_id: int, *, to_change: bool = False) -> list[Consultee]:
    """List those who were asked and have not answered, held if they are to be reminded (1 statement)."""
    asked = and_(Consultee.invited_at.is_not(None), Consultee.answered_at.is_(None))
    return _listed(session, consultation_id, asked, to_change=to_change)


def _listed(
    session: Session, consultation_id: int, which: ColumnElement[bool], *, to_change: bool
) -> list[Consultee]:
    query = select(Consultee).where(Consultee.consultation_id == consultation_id, which)
    query = query.options(joinedload(Consultee.person)).order_by(Consultee.id)
    return list(session.scalars(held(query, Consultee) if to_change else query))


def consultee_by_id(session: Session, consultee_id: int) -> Consultee | None:
    """Find a consultee with what they are asked about (1 statement)."""
    query = (
        select(Consultee)
        .where(Consultee.id == consultee_id)
        .options(
            joinedload(Consultee.person),
            joinedload(Consultee.consultation).joinedload(Consultation.vacancy).joinedload(Vacancy.objective),
        )
    )
    return session.scalar(query)


def asked_of(session: Session, person_id: int) -> list[Consultee]:
    """List the consultations that wait for a person's answer, the first to end first (1 statement)."""
    query = (
        select(Consultee)
        .join(Consultee.consultation)
        .join(Consultation.vacancy)
        .where(
            Consultee.person_id == person_id,
            Consultee.invited_at.is_not(None),
            Consultee.answered_at.is_(None),
            Vacancy.nomination_at.is_(None),
            Vacancy.ended_at.is_(None),
        )
        .options(
            contains_eager(Consultee.consultation)
            .contains_eager(Consultation.vacancy)
            .joinedload(Vacancy.objective),
            raiseload("*"),
        )
        .order_by(Consultation.last_day, Consultee.id)
    )
    return list(session.scalars(query))


def answers_of(session: Session, consultation_id: int) -> list[Answer]:
    """List what was answered, in the order it came (2 statements)."""
    query = (
        select(Answer)
        .join(Answer.consultee)
        .where(Consultee.consultation_id == consultation_id)
        .options(
            contains_eager(Answer.consultee).joinedload(Consultee.person),
            selectinload(Answer.opinions),
            raiseload("*"),
        )
        .order_by(Answer.id)
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class Returned:
    """How many were asked in a consultation, how many answered, and how many of these late."""

    asked: int
    answered: int
    late: int


def returned(session: Session, consultation_id: int) -> Returned:
    """Count what has come back in a consultation (1 statement)."""
    query = (
        select(func.count(Consultee.invited_at), func.count(Answer.id), func.count(case((Answer.is_late, 1))))
        .select_from(Consultee)
        .outerjoin(Answer, Answer.consultee_id == Consultee.id)
        .where(Consultee.consultation_id == consultation_id)
    )
    return Returned(*session.execute(query).one())


def is_lost(session: Session, consultee: Consultee) -> bool:
    """Tell whether the last mail to a consultee could not be delivered (1 statement)."""
    query = select(Job.id).where(Job.id == consultee.job_id, Job.failed_at.is_not(None))
    return session.scalar(query) is not None


def is_on_list(session: Session, consultation_id: int, email: str) -> bool:
    """Tell whether an address is on the list of a consultation (1 statement)."""
    query = select(Consultee.id).where(Consultee.consultation_id == consultation_id, Consultee.email == email)
    return session.scalar(query) is not None
