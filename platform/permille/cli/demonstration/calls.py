"""Invented calls and applications: open ones, closed ones, one without candidates and one with an acting holder."""

import hashlib
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from permille.complaints.models import Complaint
from permille.consultations.models import Answer, Consultation, Consultee, Opinion, PanelMember
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.nominations.models import Nomination, Refusal
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.applying import ANSWERS, answers_of
from permille.vacancies.models import Application, Evidence, Vacancy
from permille.vacancies.record import RecordEntry, note
from permille.vacancies.seats import SeatName, seat_keyed

DATA = Path(__file__).parent / "calls.toml"
LETTER = b"We support this application.\n\nThe director\n"


def load_calls(session: Session, secretary: Person, objectives: dict[str, Objective]) -> None:
    """Add the calls with their candidates, as if the Secretariat had opened them; nobody is mailed."""
    for row in tomllib.loads(DATA.read_text("utf-8"))["calls"]:
        name = seat_keyed(row["seat"])
        if name is None or name.code not in objectives:
            continue  # a region of the files that this installation has removed
        vacancy = _open(session, secretary, objectives[name.code], name, row)
        for candidate in row.get("candidates", ()):
            _apply(session, vacancy, name, candidate)


def _open(
    session: Session, secretary: Person, objective: Objective, name: SeatName, row: dict[str, Any]
) -> Vacancy:
    today = now().date()
    vacancy = Vacancy(
        objective_id=objective.id,
        office=name.office,
        region=name.region,
        last_day=today + timedelta(days=row["last"]),
        decision_day=today + timedelta(days=row["decision"]),
        opened_by_id=secretary.id,
        is_demonstration=True,
    )
    session.add(vacancy)
    session.flush()
    held = select(Mandate).where(Mandate.objective_id == objective.id, Mandate.region == name.region)
    holder = session.scalar(held.where(Mandate.ended_at.is_(None)))
    if holder is not None:
        holder.is_acting = True
    days = {day: getattr(vacancy, day).isoformat() for day in ("last_day", "decision_day")}
    note(session, vacancy, secretary, "call.opened", acting=holder is not None, **days)
    return vacancy


def _apply(session: Session, vacancy: Vacancy, name: SeatName, row: dict[str, Any]) -> None:
    person = session.scalars(select(Person).where(Person.email == f"{row['email']}@demo.example")).one()
    application = Application(
        vacancy_id=vacancy.id,
        person_id=person.id,
        language=person.language,
        languages=row["languages"],
        evidence=[_letter(row["file"])] if "file" in row else [],
        **{answer: row.get(answer, "") for answer in ANSWERS},
    )
    session.add(application)
    session.flush()
    application.number, application.sent_at = f"{name.code}-{application.id:05d}", now()
    files = [{"name": one.name, "digest": one.digest} for one in application.evidence]
    said = {"number": application.number, "evidence": files, **answers_of(application)}
    note(session, vacancy, person, "application.sent", person, **said)


def _letter(name: str) -> Evidence:
    digest = hashlib.sha256(LETTER).hexdigest()
    return Evidence(name=name, media_type="text/plain", size=len(LETTER), digest=digest, content=LETTER)


def remove_calls(session: Session) -> None:
    """Remove every vacancy that was opened in the demonstration, with its record and applications."""
    invented = list(session.scalars(select(Vacancy.id).where(Vacancy.is_demonstration)))
    theirs = list(session.scalars(select(Application.id).where(Application.vacancy_id.in_(invented))))
    consultations = list(
        session.scalars(select(Consultation.id).where(Consultation.vacancy_id.in_(invented)))
    )
    asked = list(session.scalars(select(Consultee.id).where(Consultee.consultation_id.in_(consultations))))
    answers = list(session.scalars(select(Answer.id).where(Answer.consultee_id.in_(asked))))
    nominated = list(session.scalars(select(Nomination.id).where(Nomination.vacancy_id.in_(invented))))
    for model, column, ids in (
        (Complaint, Complaint.nomination_id, nominated),
        (Refusal, Refusal.nomination_id, nominated),
        (Nomination, Nomination.id, nominated),
        (Opinion, Opinion.answer_id, answers),
        (Answer, Answer.id, answers),
        (Consultee, Consultee.id, asked),
        (Consultation, Consultation.id, consultations),
        (PanelMember, PanelMember.vacancy_id, invented),
        (RecordEntry, RecordEntry.vacancy_id, invented),
        (Evidence, Evidence.application_id, theirs),
        (Application, Application.id, theirs),
        (Vacancy, Vacancy.id, invented),
    ):
        session.execute(
            delete(model).where(column.in_(ids)), execution_options={"synchronize_session": False}
        )
    session.expire_all()
