"""What this package holds about a person: that they were asked, what they answered, and what was said of them."""

from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import joinedload, raiseload, selectinload

from permille.consultations.models import Answer, Body, Consultation, Consultee, Opinion, PanelMember
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.erasure import date_of, holds
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import hold_vacancies_of


def declare() -> None:
    """Declare what is held about a person."""
    holds("consultations prepared", _tell_prepared, _keep, "consultation.prepared_by_id")
    holds("places on panels", _tell_panels, _keep, "panel_member.person_id")
    holds("opinions about applications", _tell_opinions, _erase_opinions)
    holds("bodies reached at this address", _tell_bodies, _part_bodies)
    holds("consultations", _tell_consultations, _part_consultations, "consultee.person_id")


def _tell_prepared(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Objective.code, Vacancy.region, Consultation.created_at).select_from(Consultation)
    query = query.join(Consultation.vacancy).join(Vacancy.objective)
    rows = session.execute(query.where(Consultation.prepared_by_id == person.id).order_by(Consultation.id))
    return [{"task force": code, "region": region, "prepared": date_of(when)} for code, region, when in rows]


def _tell_panels(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Objective.code, Vacancy.region, PanelMember).select_from(PanelMember)
    query = query.join(Vacancy, Vacancy.id == PanelMember.vacancy_id).join(Vacancy.objective)
    rows = session.execute(query.where(PanelMember.person_id == person.id).order_by(PanelMember.id))
    return [
        {
            "task force": code,
            "region": region,
            "declared": date_of(one.declared_at),
            "related": one.is_related,
        }
        for code, region, one in rows
    ]


def _tell_opinions(session: Session, person: Person) -> dict[str, int]:
    # That there are some is told; what they say was given in confidence.
    query = select(func.count()).select_from(Opinion).join(Opinion.application)
    return {"given in confidence": session.scalar(query.where(Application.person_id == person.id)) or 0}


def _erase_opinions(session: Session, person: Person) -> None:
    # Declared after the applications, so that it is asked while these still name the person.
    theirs = select(Application.id).where(Application.person_id == person.id)
    answers = select(Opinion.answer_id).where(Opinion.application_id.in_(theirs))
    hold_vacancies_of(session, person.id)
    _mark_erased(session, Answer.id.in_(answers))
    _run(session, update(Answer).where(Answer.id.in_(answers)).values(words=""))  # may speak of them too
    blank = {"words": "", "relation_note": ""}
    _run(session, update(Opinion).where(Opinion.application_id.in_(theirs)).values(**blank))


def _tell_consultations(session: Session, person: Person) -> list[dict[str, Any]]:
    query = (
        select(Consultee, Answer)
        .outerjoin(Answer, Answer.consultee_id == Consultee.id)
        .where(_theirs(person))
        .options(
            joinedload(Consultee.consultation).joinedload(Consultation.vacancy).joinedload(Vacancy.objective),
            selectinload(Answer.opinions).joinedload(Opinion.application).raiseload("*"),
            raiseload("*"),
        )
        .order_by(Consultee.id)
    )
    return [
        {
            "task force": one.consultation.vacancy.objective.code,
            "region": one.consultation.vacancy.region,
            "asked": date_of(one.invited_at),
            "reminded": date_of(one.reminded_at),
            "answered": date_of(one.answered_at),
            **(_answer(answer) if answer else {}),
        }
        for one, answer in session.execute(query)
    ]


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "words": answer.words,
        "opinions": [
            {
                "candidate": one.application.number,
                "relation": one.relation,
                "about the relation": one.relation_note,
                "support": one.support,
                "words": one.words,
            }
            for one in answer.opinions
        ],
    }


def _part_consultations(session: Session, person: Person) -> None:
    # Who had not answered is no longer asked. Of an answer its choices stay, without words and without a name.
    theirs = select(Consultee.id).where(_theirs(person))
    answers = select(Answer.id).where(Answer.consultee_id.in_(theirs))
    _run(session, update(Opinion).where(Opinion.answer_id.in_(answers)).values(words="", relation_note=""))
    _run(session, update(Answer).where(Answer.consultee_id.in_(theirs)).values(words=""))
    _mark_erased(session, Answer.consultee_id.in_(theirs))
    _run(session, delete(Consultee).where(_theirs(person), Consultee.answered_at.is_(None)))
    _run(session, update(Consultee).where(_theirs(person)).values(person_id=None, email=None, name=""))


def _tell_bodies(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Body).where(Body.email == person.email).order_by(Body.id)
    return [
        {"body": one.name.text_in(person.language), "retired": date_of(one.retired_at)}
        for one in session.scalars(query)
    ]


def _part_bodies(session: Session, person: Person) -> None:
    # The body is not the person's, its address is: without one it is asked no more until it has another.
    # Whoever never confirmed that the address is theirs takes nothing away from a body.
    if not person.is_confirmed:
        return
    for one in session.scalars(select(Body).where(Body.email == person.email)):
        if one.retired_at is None:
            one.retired_at = now()
            audit.record(session, None, "body.retired", one)
        one.email = None
    session.flush()


def _theirs(person: Person) -> ColumnElement[bool]:
    return or_(Consultee.person_id == person.id, Consultee.email == person.email)


def _mark_erased(session: Session, which: ColumnElement[bool]) -> None:
    _run(session, update(Answer).where(which, Answer.erased_at.is_(None)).values(erased_at=now()))


def _run(session: Session, statement: Any) -> None:
    session.execute(statement, execution_options={"synchronize_session": False})


def _keep(_session: Session, _person: Person) -> None:
    """Keep what was done for others; the database takes the reference away with the account."""
