"""Inviting those on the list to answer, and reminding who has not: each in their own language."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from permille.consultations.gathering import drop_unfit
from permille.consultations.models import Consultation, Consultee
from permille.consultations.preparing import (
    CALL_OPEN,
    FEWEST,
    NO_CANDIDATE,
    NO_CONSULTEE,
    SMALL_PANEL,
    TOO_LATE,
    CannotConsult,
)
from permille.consultations.queries import panel_of, to_invite, waited_for
from permille.foundation import audit, mail
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.days import end_of
from permille.foundation.languages import _l
from permille.foundation.links import absolute, link
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import MailedLink, Person, Purpose
from permille.vacancies.candidate_letters import tell_candidates
from permille.vacancies.models import Application, Step
from permille.vacancies.record import hold_vacancy, note
from permille.vacancies.seats import SeatName, seat_facts

GRACE = timedelta(days=30)
"""How long after the last day a mailed link still takes an answer, marked as late."""
ASKED, REMINDED = "consultation_asked", "consultation_reminder"


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


def remind(session: Session, by: Person | None, one: Consultation, objective: Objective) -> int:
    """Remind everybody who has not answered; `by` is none when the platform does it itself. The caller commits.

    Returns how many were reminded. Raises `CannotConsult`: the answers are no longer gathered.
    """
    vacancy = one.vacancy
    hold_vacancy(session, vacancy.id)
    if vacancy.step != Step.CONSULTATION:
        raise CannotConsult(TOO_LATE)
    consultees = waited_for(session, one.id)
    for consultee in consultees:
        consultee.reminded_at = now()
        write_to(session, consultee, one, objective, REMINDED)
    if consultees:
        note(session, vacancy, by, "consultation.reminded", reminded=len(consultees))
    return len(consultees)


def write_to(
    session: Session, consultee: Consultee, one: Consultation, objective: Objective, kind: str
) -> None:
    """Write to one consultee: to an account, or with a new link to an address."""
    lang = consultee.reads
    facts = facts_of(one, objective, lang)
    if consultee.person is not None:
        where = {"consultee_id": consultee.id}
        job = tell(session, consultee.person, kind, "consultations.consultee", where, has_link=False, **facts)
    else:
        row, token = MailedLink.write(
            Purpose.CONSULTATION, consultee.email or "", lang, None,
            until=end_of(one.last_day) + GRACE, consultee=consultee.id,
        )  # fmt: skip
        session.add(row)
        page = absolute(link("people.open_link", token=token, lang=lang))
        job = mail.send(
            session, consultee.email or "", lang, kind, name=consultee.name, page=page, has_link=True, **facts
        )
    session.flush()
    consultee.job_id = job.id


def facts_of(one: Consultation, objective: Objective, lang: str) -> dict[str, Any]:
    """Return what the mails of a consultation say, for a reader of a language."""
    return {
        **seat_facts(SeatName(objective.code, one.vacancy.region), objective, lang),
        "question": one.question.text_in(lang),
        "last_day": one.last_day,
    }


@dataclass(frozen=True)
class Letter:
    """A mail as it would be sent in one language, and to how many."""

    lang: str
    readers: int
    subject: str
    body: str


def letters(session: Session, one: Consultation, objective: Objective, page: str) -> list[Letter]:
    """Write the invitations as they would be sent now, one per language of those on the list (1 statement)."""
    by_language: dict[str, int] = {}
    for consultee in to_invite(session, one.id):
        by_language[consultee.reads] = by_language.get(consultee.reads, 0) + 1
    written = []
    for lang, readers in sorted(by_language.items()):
        facts = {"name": "…", "page": page, "has_link": True, **facts_of(one, objective, lang)}
        written.append(Letter(lang, readers, *mail.written(lang, ASKED, **facts)))
    return written


def send_test(session: Session, to: Person, one: Consultation, objective: Objective, page: str) -> int:
    """Mail the invitations to the one who prepares them, as they would be sent. The caller commits."""
    langs = [letter.lang for letter in letters(session, one, objective, page)]
    for lang in langs:
        facts = {"name": to.name, "page": page, "has_link": True, **facts_of(one, objective, lang)}
        mail.send(session, to.email, lang, ASKED, person_id=to.id, zone=to.zone, **facts)
    return len(langs)


declare(ASKED, _l("You are asked about candidates for an office of Task Force %(code)s."), "code")
declare(REMINDED, _l("Your answer about candidates of Task Force %(code)s is still awaited."), "code")
declare("consultation_begun", _l("The consultation about an office you applied for has begun: Task Force %(code)s."), "code")  # fmt: skip
