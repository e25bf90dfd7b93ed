"""Calls: opening, extending and closing them, and ending a vacancy for which nobody was found."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from permille.foundation import audit, mail
from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.foundation.languages import _l
from permille.foundation.links import absolute, link
from permille.foundation.site import read_site
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.candidate_letters import tell_candidates
from permille.vacancies.models import Outcome, Step, Vacancy
from permille.vacancies.queries import vacancy_of, watches_on
from permille.vacancies.record import hold_vacancy, note
from permille.vacancies.seats import SeatName, seat_facts


class CannotBe(ValueError):
    """What was asked for does not fit the state of the seat; the message is one of the words below."""


HELD = "held"
CALLED = "called"
NONE = "none"
OWN = "own"
TOO_LATE = "too_late"
NOT_LONGER = "not_longer"


def open_call(
    session: Session, by: Person, objective: Objective, name: SeatName, last_day: date, decision_day: date | None,
    *, keeps_acting: bool = False,
) -> Vacancy:  # fmt: skip
    """Open the call for a seat and tell whoever asked to be told. The caller commits.

    A holder whom nobody has replaced yet may stay in office meanwhile: they act until the seat is filled.
    Raises `CannotBe`: the seat is held, or its call is open already.
    """
    if vacancy_of(session, objective.id, name.region) is not None:
        raise CannotBe(CALLED)
    holder = _holder(session, objective, name)
    if holder is not None and not (holder.is_acting or keeps_acting):
        raise CannotBe(HELD)
    vacancy = Vacancy(
        objective_id=objective.id,
        office=name.office,
        region=name.region,
        last_day=last_day,
        decision_day=decision_day,
        opened_by_id=by.id,
        is_demonstration=read_site(session).is_demonstration,
    )
    try:
        with session.begin_nested():
            session.add(vacancy)
    except IntegrityError:  # opened by somebody else at the same moment: the index lets one in
        raise CannotBe(CALLED) from None
    if holder is not None and not holder.is_acting:
        holder.is_acting = True
        _tell_holder(session, holder, objective, name)
    days: dict[str, Any] = {
        "last_day": last_day.isoformat(),
        "decision_day": decision_day.isoformat() if decision_day else None,
    }
    note(session, vacancy, by, "call.opened", acting=holder is not None, **days)
    _record(session, by, "call.opened", vacancy, name)
    _tell_watchers(session, vacancy, objective, name)
    return vacancy


def extend(
    session: Session, by: Person, vacancy: Vacancy, objective: Objective, name: SeatName, last_day: date,
    decision_day: date | None,
) -> None:  # fmt: skip
    """Move the last day of a call further; a call that is closed opens again. The caller commits.

    Raises `CannotBe`: the consultation has begun, or the day is not later.
    """
    _hold(session, vacancy)
    if vacancy.step not in (Step.CALL, Step.CLOSED):
        raise CannotBe(TOO_LATE)
    if vacancy.step == Step.CALL and last_day <= vacancy.last_day:
        raise CannotBe(NOT_LONGER)
    before = vacancy.last_day
    vacancy.last_day, vacancy.closed_at = last_day, None
    vacancy.decision_day = decision_day or vacancy.decision_day
    if vacancy.decision_day and vacancy.decision_day <= last_day:
        vacancy.decision_day = None
    decision = vacancy.decision_day.isoformat() if vacancy.decision_day else None
    note(
        session,
        vacancy,
        by,
        "call.extended",
        before=before.isoformat(),
        last_day=last_day.isoformat(),
        decision_day=decision,
    )
    _record(session, by, "call.extended", vacancy, name)
    tell_candidates(session, vacancy, objective, "call_extended")


def close(session: Session, by: Person, vacancy: Vacancy, objective: Objective, name: SeatName) -> None:
    """Close a call before its last day. The caller commits. Raises `CannotBe`: it is not open."""
    _hold(session, vacancy)
    if not vacancy.is_open:
        raise CannotBe(TOO_LATE)
    vacancy.closed_at = now()
    note(session, vacancy, by, "call.closed")
    _record(session, by, "call.closed", vacancy, name)
    tell_candidates(session, vacancy, objective, "call_closed")


def give_up(
    session: Session, by: Person, vacancy: Vacancy, objective: Objective, name: SeatName, reason: str
) -> None:
    """End a vacancy for which nobody was found; the seat stays open, and a call can be opened again. The caller commits.

    Raises `CannotBe`: its call is still open, or somebody is being nominated.
    """
    _hold(session, vacancy)
    if vacancy.step not in (Step.CLOSED, Step.CONSULTATION):
        raise CannotBe(TOO_LATE)
    vacancy.end(Outcome.NOBODY)
    note(session, vacancy, by, "vacancy.given_up", reason=reason)
    _record(session, by, "vacancy.given_up", vacancy, name)
    tell_candidates(session, vacancy, objective, "vacancy_ended", reason=reason)


def _hold(session: Session, vacancy: Vacancy) -> None:
    if hold_vacancy(session, vacancy.id) is None or vacancy.ended_at is not None:
        raise CannotBe(NONE)


def _holder(session: Session, objective: Objective, name: SeatName) -> Mandate | None:
    query = select(Mandate).where(
        Mandate.objective_id == objective.id, Mandate.region == name.region, Mandate.ended_at.is_(None)
    )
    return session.scalar(held(query, Mandate))


def _record(session: Session, by: Person, act: str, vacancy: Vacancy, name: SeatName) -> None:
    audit.record(session, by, act, vacancy, objective=name.code, office=name.office.value, region=name.region)


def _tell_holder(session: Session, holder: Mandate, objective: Objective, name: SeatName) -> None:
    person = session.get(Person, holder.person_id)
    if person is not None:
        tell(
            session,
            person,
            "acting",
            "vacancies.seat",
            name.address,
            **seat_facts(name, objective, person.language),
        )


def _tell_watchers(session: Session, vacancy: Vacancy, objective: Objective, name: SeatName) -> None:
    # Told once, and then forgotten: nobody has to sign off.
    for watch in watches_on(session, objective.id, name.slug):
        person = session.get(Person, watch.person_id) if watch.person_id else None
        lang = person.language if person else watch.language
        facts = {**seat_facts(name, objective, lang), "last_day": vacancy.last_day}
        if person is None:
            page = absolute(link("vacancies.seat", lang=lang, **name.address))
            mail.send(session, watch.email or "", lang, "call_open", name="", page=page, **facts)
        elif person.suspended_at is None:
            tell(session, person, "call_open", "vacancies.seat", name.address, **facts)
        session.delete(watch)


declare("call_open", _l("The call for an office of Task Force %(code)s is open."), "code")
declare("acting", _l("You hold your office in Task Force %(code)s until somebody is found for it."), "code")
