"""What this package holds about a person: seats they asked about, calls they opened, and their part in records."""

from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import joinedload, raiseload, selectinload

from permille.foundation.database import Session
from permille.foundation.erasure import date_of, holds
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.vacancies.amending import stood_down
from permille.vacancies.application_queries import application_for
from permille.vacancies.applying import ANSWERS, answers_of
from permille.vacancies.models import Application, Vacancy, Watch
from permille.vacancies.queries import watched_by
from permille.vacancies.record import RecordEntry, hold_vacancy, note


def declare() -> None:
    """Declare what is held about a person."""
    holds("seats to be told about", _tell_watches, _erase_watches, "watch.person_id")
    holds(
        "applications",
        _tell_applications,
        _part_applications,
        "application.person_id",
        "application.typed_by_id",
    )
    holds("calls opened", _tell_calls, _keep, "vacancy.opened_by_id")
    holds(
        "entries in records of vacancies",
        _tell_entries,
        _keep,
        "record_entry.actor_id",
        "record_entry.subject_id",
    )


def _tell_watches(session: Session, person: Person) -> list[dict[str, Any]]:
    return [{"task force": code, "seat": seat} for code, seat in watched_by(session, person.id)]


def _erase_watches(session: Session, person: Person) -> None:
    session.execute(delete(Watch).where(or_(Watch.person_id == person.id, Watch.email == person.email)))


def _tell_applications(session: Session, person: Person) -> list[dict[str, Any]]:
    return [
        {
            "task force": one.vacancy.objective.code,
            "region": one.vacancy.region,
            "number": one.number,
            "begun": date_of(one.created_at),
            "sent": date_of(one.sent_at),
            "stood down": date_of(one.stood_down_at),
            **answers_of(one),
            "files": [{"name": file.name, "bytes": file.size} for file in one.evidence],
        }
        for one in session.scalars(
            select(Application)
            .where(Application.person_id == person.id)
            .options(
                joinedload(Application.vacancy).joinedload(Vacancy.objective),
                selectinload(Application.evidence),
                raiseload("*"),
            )
            .order_by(Application.id)
        )
    ]


def _part_applications(session: Session, person: Person) -> None:
    # Who leaves stands down. What was sent stays as a numbered entry without words, name and files.
    theirs = select(Application.vacancy_id).where(Application.person_id == person.id)
    for vacancy_id in list(session.scalars(theirs.order_by(Application.vacancy_id))):
        vacancy = hold_vacancy(session, vacancy_id)
        one = application_for(session, vacancy_id, person.id, to_change=True)
        if one is None:
            continue
        if one.sent_at is None:
            session.delete(one)
            continue
        if one.is_candidacy and vacancy is not None and vacancy.ended_at is None:
            stood_down(session, one)
            note(session, vacancy, None, "application.stood_down", number=one.number)
        for name in ANSWERS:
            setattr(one, name, "")
        one.languages, one.evidence, one.person_id = [], [], None
    session.flush()
    said = {"synchronize_session": False}
    session.execute(
        update(RecordEntry).where(RecordEntry.subject_id == person.id).values(said=None),
        execution_options=said,
    )


def _tell_calls(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Objective.code, Vacancy.region, Vacancy.created_at).join(Vacancy.objective)
    rows = session.execute(query.where(Vacancy.opened_by_id == person.id).order_by(Vacancy.id))
    return [{"task force": code, "region": region, "opened": date_of(when)} for code, region, when in rows]


def _tell_entries(session: Session, person: Person) -> list[dict[str, Any]]:
    theirs = or_(RecordEntry.actor_id == person.id, RecordEntry.subject_id == person.id)
    query = select(Objective.code, Vacancy.region, RecordEntry.act, RecordEntry.said, RecordEntry.created_at)
    query = query.join(Vacancy, Vacancy.id == RecordEntry.vacancy_id).join(Vacancy.objective)
    return [
        {"task force": code, "region": region, "act": act, "said": said, "when": date_of(when)}
        for code, region, act, said, when in session.execute(query.where(theirs).order_by(RecordEntry.id))
    ]


def _keep(_session: Session, _person: Person) -> None:
    """Keep what was done for others; the database takes the reference away with the account."""
