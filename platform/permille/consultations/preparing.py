"""Preparing a consultation: its question, its last day, and the panel that will read the answers."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from permille.consultations.models import Consultation, Consultee, PanelMember
from permille.consultations.policy import may_change_list
from permille.consultations.queries import panel_of
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.multilingual import Multilingual
from permille.people.models import Person
from permille.vacancies.interests import interested
from permille.vacancies.models import Step, Vacancy
from permille.vacancies.record import hold_vacancy, note
from permille.vacancies.seats import SeatName

FEWEST = 2
"""A panel has at least two: one proposes, another confirms."""


class CannotConsult(ValueError):
    """What was asked for does not fit the state of the consultation; the message is one of the words below."""


TOO_LATE = "too_late"
KNOWN = "known"
NO_CANDIDATE = "no_candidate"
NO_CONSULTEE = "no_consultee"
NOBODY_WAITED = "nobody_waited"
SMALL_PANEL = "small_panel"
CALL_OPEN = "call_open"
NOT_LATER = "not_later"


def prepare(
    session: Session, by: Person, vacancy: Vacancy, name: SeatName, question: Multilingual, last_day: date,
    panel: Iterable[int],
) -> Consultation:  # fmt: skip
    """Prepare the consultation of a vacancy; nobody is asked yet. The caller commits. Raises `CannotConsult`."""
    hold_vacancy(session, vacancy.id)
    if vacancy.step not in (Step.CALL, Step.CLOSED):
        raise CannotConsult(TOO_LATE)
    one = Consultation(
        vacancy_id=vacancy.id, vacancy=vacancy, question=question, last_day=last_day, prepared_by_id=by.id
    )
    try:
        with session.begin_nested():
            session.add(one)
    except IntegrityError:  # prepared by somebody else at the same moment: the index lets one in
        raise CannotConsult(KNOWN) from None
    asked = {lang: question[lang].text for lang in question if question.has(lang)}
    note(session, vacancy, by, "consultation.prepared", question=asked, last_answer=last_day.isoformat())
    _record(session, by, "consultation.prepared", vacancy, name)
    seat_panel(session, by, vacancy, name, panel)
    return one


def change(
    session: Session, by: Person, one: Consultation, name: SeatName, question: Multilingual, last_day: date
) -> None:
    """Change the question as long as nobody was asked, and the last day to a later one. The caller commits.

    Raises `CannotConsult`: somebody is being proposed, or people were told a later day.
    """
    vacancy = one.vacancy
    hold_vacancy(session, vacancy.id)
    session.refresh(one)
    if not may_change_list(one):
        raise CannotConsult(TOO_LATE)
    if vacancy.consultation_at is not None and last_day < one.last_day:
        raise CannotConsult(NOT_LATER)
    if vacancy.consultation_at is None:
        one.question = question
    one.last_day = last_day
    asked = {lang: one.question[lang].text for lang in one.question if one.question.has(lang)}
    note(session, vacancy, by, "consultation.changed", question=asked, last_answer=last_day.isoformat())
    _record(session, by, "consultation.changed", vacancy, name)


def seat_panel(session: Session, by: Person, vacancy: Vacancy, name: SeatName, ids: Iterable[int]) -> None:
    """Let these people of the Secretariat be the panel, and nobody else. The caller holds the vacancy, and commits.

    Whoever declared a relation to a candidate stays on the list as such, so that nobody names them again.
    """
    allowed = set(may_sit(session, vacancy))
    wanted = [one for one in dict.fromkeys(ids) if one in allowed]
    seated = {one.person_id: one for one in panel_of(session, vacancy.id)}
    for person_id in wanted:
        if person_id not in seated:
            session.add(PanelMember(vacancy_id=vacancy.id, person_id=person_id))
            _note_panel(session, by, vacancy, name, "panel.named", person_id)
    for person_id, row in seated.items():
        if person_id not in wanted and not row.is_related:
            session.delete(row)
            _note_panel(session, by, vacancy, name, "panel.left", person_id)
    session.flush()


def may_sit(session: Session, vacancy: Vacancy) -> list[int]:
    """List the ids of the Secretariat that can weigh the candidates: none with an interest, nor asked (1 statement)."""
    asked = (
        select(Consultee.id)
        .join(Consultee.consultation)
        .where(Consultation.vacancy_id == vacancy.id, Consultee.person_id == Person.id)
        .where(Consultee.invited_at.is_not(None))
    )
    query = select(Person.id).where(Person.at_desk(), ~interested(vacancy.id, Person.id), ~asked.exists())
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def declare_relation(
    session: Session, vacancy: Vacancy, row: PanelMember, person: Person, name: SeatName, *, is_related: bool
) -> None:
    """Record whether a member of the panel has a relation to a candidate; who has one is out. The caller commits."""
    hold_vacancy(session, vacancy.id)
    session.refresh(row)
    if row.declared_at is not None:
        return
    row.declared_at, row.is_related = now(), is_related
    note(session, vacancy, person, "panel.declared", person, related=is_related)
    _record(session, person, "panel.declared", vacancy, name)


def _note_panel(
    session: Session, by: Person, vacancy: Vacancy, name: SeatName, act: str, person_id: int
) -> None:
    note(session, vacancy, by, act, session.get(Person, person_id))
    _record(session, by, act, vacancy, name)


def _record(session: Session, by: Person, act: str, vacancy: Vacancy, name: SeatName) -> None:
    audit.record(session, by, act, vacancy, objective=name.code, office=name.office.value, region=name.region)
