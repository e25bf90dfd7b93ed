"""Inviting those on the list to answer, and reminding who has not: each in their own language."""

from sqlalchemy import select

from permille.consultations.gathering import drop_unfit
from permille.consultations.letters import ASKED, REMINDED, write_to
from permille.consultations.models import Consultation
from permille.consultations.preparing import (
    CALL_OPEN,
    FEWEST,
    NO_CANDIDATE,
    NO_CONSULTEE,
    NOBODY_WAITED,
    SMALL_PANEL,
    TOO_LATE,
    CannotConsult,
)
from permille.consultations.queries import panel_of, to_invite, waited_for
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.vacancies.candidate_letters import tell_candidates
from permille.vacancies.models import Application, Step
from permille.vacancies.record import hold_vacancy, note
from permille.vacancies.seats import SeatName


def invite(session: Session, by: Person, one: Consultation, objective: Objective, name: SeatName) -> int:
    """Ask everybody on the list who was not asked yet; the first time, the consultation begins. The caller commits.

    Returns how many were asked. Raises `CannotConsult`: it cannot begin, or somebody is being proposed.
    """
    vacancy = one.vacancy
    hold_vacancy(session, vacancy.id)
    drop_unfit(session, one)
    consultees = to_invite(session, one.id, to_change=True)
    if reason := why_not(session, one, len(consultees)):
        raise CannotConsult(reason)
    begins = vacancy.consultation_at is None
    if begins:
        vacancy.consultation_at = now()
    for consultee in consultees:
        consultee.invited_at = now()
        write_to(session, consultee, one, objective, ASKED)
    said = [f"{one.id}/{one.asked_as}/{one.reads}" for one in consultees]
    act = "consultation.begun" if begins else "consultation.widened"
    note(session, vacancy, by, act, asked=said, last_answer=one.last_day.isoformat())
    audit.record(session, by, act, vacancy, objective=name.code, region=name.region, added=len(consultees))
    if begins:
        tell_candidates(session, vacancy, objective, "consultation_begun", only_sent=True)
    return len(consultees)


def why_not(session: Session, one: Consultation, waiting: int) -> str:
    """Say why nobody can be asked now; empty when they can (2 statements)."""
    vacancy = one.vacancy
    if vacancy.step == Step.CALL:
        return CALL_OPEN
    if vacancy.step not in (Step.CLOSED, Step.CONSULTATION):
        return TOO_LATE
    stands = select(Application.id).where(
        Application.vacancy_id == vacancy.id,
        Application.sent_at.is_not(None),
        Application.stood_down_at.is_(None),
    )
    if session.scalar(stands.limit(1)) is None:
        return NO_CANDIDATE
    weighing = [
        seat for seat in panel_of(session, vacancy.id) if seat.person.is_at_desk and not seat.is_related
    ]
    if len(weighing) < FEWEST:
        return SMALL_PANEL
    return "" if waiting else NO_CONSULTEE


def why_not_remind(one: Consultation, waiting: int) -> str:
    """Say why nobody can be reminded now; empty when they can."""
    if one.vacancy.step != Step.CONSULTATION:
        return TOO_LATE
    return "" if waiting else NOBODY_WAITED


def remind(session: Session, by: Person | None, one: Consultation, objective: Objective) -> int:
    """Remind everybody who has not answered; `by` is none when the platform does it itself. The caller commits.

    Returns how many were reminded. Raises `CannotConsult`: the answers are no longer gathered.
    """
    vacancy = one.vacancy
    hold_vacancy(session, vacancy.id)
    if vacancy.step != Step.CONSULTATION:
        raise CannotConsult(TOO_LATE)
    consultees = waited_for(session, one.id, to_change=True)
    for consultee in consultees:
        consultee.reminded_at = now()
        write_to(session, consultee, one, objective, REMINDED)
    if consultees:
        note(session, vacancy, by, "consultation.reminded", reminded=len(consultees))
    return len(consultees)


declare("consultation_begun", _l("The consultation about an office you applied for has begun: Task Force %(code)s."), "code")  # fmt: skip
