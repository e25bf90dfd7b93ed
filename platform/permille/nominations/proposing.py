"""Proposing somebody for a seat, confirming it, and taking it back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from permille.consultations.queries import panel_of
from permille.exclusions.queries import keeps_from_office
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.nominations.letters import tell_about
from permille.nominations.models import Nomination, Refusal, Rule, State
from permille.nominations.queries import live_nomination
from permille.nominations.rules import failing
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.candidate_letters import tell_candidates
from permille.vacancies.models import Application, Step, Vacancy
from permille.vacancies.record import hold_vacancy, note


class CannotNominate(ValueError):
    """What was asked for cannot be; the message is one of the words below."""


TOO_LATE = "too_late"
PROPOSED = "proposed"
STOOD_DOWN = "stood_down"
HOLDS_OTHER = "holds_other"
KEPT_OUT = "kept_out"
RULE_FAILS = "rule_fails"
NO_REFUSAL = "no_refusal"
SAME_PERSON = "same_person"
CHANGED = "changed"


def propose(
    session: Session, by: Person, vacancy: Vacancy, objective: Objective, application: Application, *,
    reason: str, ends_on: date, override: str, refusals: Mapping[int, str],
) -> Nomination:  # fmt: skip
    """Propose a candidate; `refusals` says of every other one why not. The caller commits. Raises `CannotNominate`."""
    hold_vacancy(session, vacancy.id)
    if vacancy.step not in (Step.CLOSED, Step.CONSULTATION):
        raise CannotNominate(PROPOSED if vacancy.step == Step.NOMINATION else TOO_LATE)
    person = _candidate(session, application)
    broken = failing(session, vacancy, application, person)
    if broken and not override:
        raise CannotNominate(RULE_FAILS)
    others = other_candidates(session, application)
    if not all(refusals.get(other) for other in others):
        raise CannotNominate(NO_REFUSAL)
    one = Nomination(
        vacancy_id=vacancy.id,
        application_id=application.id,
        application=application,
        vacancy=vacancy,
        proposed_by_id=by.id,
        reason=reason,
        failing=" ".join(broken),
        override=override if broken else "",
        ends_on=ends_on,
        refusals=[Refusal(application_id=other, reason=refusals[other]) for other in others],
    )
    try:
        with session.begin_nested():
            session.add(one)
    except IntegrityError:  # proposed by somebody else at the same moment: the index lets one in
        raise CannotNominate(PROPOSED) from None
    is_first = session.scalar(_earlier(one).limit(1)) is None
    vacancy.nomination_at = now()
    said = {
        "number": application.number,
        "reason": reason,
        "ends_on": ends_on.isoformat(),
        **_overridden(broken, override),
    }
    note(session, vacancy, by, "nomination.proposed", person, **said)
    _record(session, by, "nomination.proposed", one, objective)
    if is_first:  # that a proposal was sent back is the panel's: candidates hear of the step once
        tell_candidates(session, vacancy, objective, "nomination_begun", only_sent=True)
    for seat in panel_of(session, vacancy.id):
        if seat.person_id != by.id and not seat.is_related and seat.person.is_at_desk:
            tell_about(session, seat.person, "nomination_proposed", one, objective)
    return one


def confirm(session: Session, by: Person, one: Nomination, objective: Objective, override: str) -> None:
    """Confirm a proposal; the candidate is asked whether they accept. The caller commits.

    Raises `CannotNominate`: by who proposed it, while a rule fails without a reason, or when it is too late.
    """
    vacancy = hold_vacancy(session, one.vacancy_id)
    found = live_nomination(session, one.vacancy_id, to_change=True)
    if vacancy is None or found is None or found.id != one.id or found.state != State.PROPOSED:
        raise CannotNominate(CHANGED)
    if found.proposed_by_id == by.id:
        raise CannotNominate(SAME_PERSON)
    person = _candidate(session, found.application)
    broken = failing(session, vacancy, found.application, person)
    if broken and not override:
        raise CannotNominate(RULE_FAILS)
    if set(broken) - set(found.failing_rules):
        raise CannotNominate(CHANGED)  # who proposed knew nothing of it: the proposal goes back
    found.confirmed_by_id, found.confirmed_at = by.id, now()
    found.confirmed_failing, found.confirmed_override = " ".join(broken), override if broken else ""
    note(session, vacancy, by, "nomination.confirmed", person, **_overridden(broken, override))
    _record(session, by, "nomination.confirmed", found, objective)
    tell_about(session, person, "nomination_offered", found, objective)


def withdraw(session: Session, by: Person | None, one: Nomination, objective: Objective, reason: str) -> None:
    """Take a nomination back that nobody has accepted; the vacancy is where it was before. The caller commits.

    Raises `CannotNominate`: it was accepted or ended meanwhile.
    """
    vacancy = hold_vacancy(session, one.vacancy_id)
    found = live_nomination(session, one.vacancy_id, to_change=True)
    if vacancy is None or found is None or found.id != one.id or not found.is_live:
        raise CannotNominate(CHANGED)
    was_offered = found.state == State.OFFERED
    end(session, by, vacancy, found, objective, State.WITHDRAWN, reason)
    person = found.application.person
    if was_offered and person is not None and person.suspended_at is None and found.application.is_candidacy:
        tell_about(session, person, "nomination_withdrawn", found, objective, reason=reason)


def end(
    session: Session, by: Person | None, vacancy: Vacancy, one: Nomination, objective: Objective, state: State,
    reason: str,
) -> None:  # fmt: skip
    """Let a nomination come to nothing; the caller holds the vacancy, and commits."""
    one.end(state, reason)
    vacancy.nomination_at = None
    act = f"nomination.{state}"
    note(session, vacancy, by, act, one.application.person, number=one.application.number, reason=reason)
    _record(session, by, act, one, objective)


def other_candidates(session: Session, application: Application) -> list[int]:
    """List the applications of all other candidates of a vacancy (1 statement)."""
    query = select(Application.id).where(
        Application.vacancy_id == application.vacancy_id,
        Application.id != application.id,
        Application.sent_at.is_not(None),
        Application.stood_down_at.is_(None),
    )
    return list(session.scalars(query.order_by(Application.id)))


def _earlier(one: Nomination) -> Select[int]:
    return select(Nomination.id).where(Nomination.vacancy_id == one.vacancy_id, Nomination.id != one.id)


def _candidate(session: Session, application: Application) -> Person:
    session.refresh(application)
    person = session.get(Person, application.person_id) if application.person_id else None
    if not application.is_candidacy or person is None or person.suspended_at is not None:
        raise CannotNominate(STOOD_DOWN)
    holds_other = select(Mandate.id).where(
        Mandate.objective_id == application.vacancy.objective_id,
        Mandate.person_id == person.id,
        Mandate.ended_at.is_(None),
        Mandate.region.is_distinct_from(application.vacancy.region),
    )
    if session.scalar(holds_other) is not None:
        raise CannotNominate(HOLDS_OTHER)
    if keeps_from_office(session, application.vacancy.objective_id, person.id, to_decide=True):
        raise CannotNominate(KEPT_OUT)
    return person


def _overridden(broken: list[Rule], override: str) -> dict[str, Any]:
    return {"failing": [rule.value for rule in broken], "override": override} if broken else {}


def _record(session: Session, by: Person | None, act: str, one: Nomination, objective: Objective) -> None:
    audit.record(session, by, act, one, objective=objective.code, region=one.vacancy.region)
