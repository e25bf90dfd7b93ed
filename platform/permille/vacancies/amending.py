"""After sending: changing what was written, files, and standing down."""

from collections.abc import Callable, Mapping
from typing import Any

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.vacancies.applying import CLOSED, FULL, CannotApply, answers_of, hold, write_answers
from permille.vacancies.candidate_letters import tell_candidate
from permille.vacancies.models import Application, Evidence, Step, Vacancy
from permille.vacancies.record import note

MOST_FILES = 10

Act = Callable[[Session, Application], None]
_after: list[Act] = []


def on_standing_down(act: Act) -> None:
    """Let a package above know when a candidate stands down, in the same transaction and with the vacancy held."""
    _after[:] = [act]


def stood_down(session: Session, application: Application) -> None:
    """Note that a candidate stands down, whatever the cause; whoever asked to know is told."""
    application.stood_down_at = now()
    for act in _after:
        act(session, application)


def change(
    session: Session,
    person: Person,
    application: Application,
    objective: Objective,
    lang: str,
    said: Mapping[str, Any],
) -> None:
    """Change what was sent, until the consultation begins. The caller commits. Raises `CannotApply`: it has begun."""
    vacancy = hold(session, application.vacancy)
    session.refresh(application)
    if vacancy.step not in (Step.CALL, Step.CLOSED) or not application.is_candidacy:
        raise CannotApply(CLOSED)
    before = answers_of(application)
    write_answers(application, lang, said)
    if answers_of(application) == before:
        return
    note(
        session,
        vacancy,
        person,
        "application.changed",
        person,
        number=application.number,
        **answers_of(application),
    )
    audit.record(session, person, "application.changed", application, objective=objective.code)
    tell_candidate(session, person, "application_changed", application, objective)


def stand_down(session: Session, by: Person, application: Application, objective: Objective) -> None:
    """Stand down: possible at any time until the vacancy ends; the record stays. The caller commits.

    Raises `CannotApply`: it was not sent, or it is over.
    """
    vacancy = end_candidacy(session, application)
    note(session, vacancy, by, "application.stood_down", by, number=application.number)
    audit.record(session, by, "application.stood_down", application, objective=objective.code)
    tell_candidate(session, by, "application_stood_down", application, objective)


def end_candidacy(session: Session, application: Application) -> Vacancy:
    """Hold the vacancy of an application, let its candidate stand down, and return it. Raises `CannotApply`."""
    vacancy = hold(session, application.vacancy)
    session.refresh(application)
    if vacancy.step == Step.ENDED or not application.is_candidacy:
        raise CannotApply(CLOSED)
    stood_down(session, application)
    return vacancy


def attach(session: Session, by: Person, application: Application, evidence: Evidence) -> None:
    """Add a file to an application, one's own or one typed for somebody. The caller commits.

    Raises `CannotApply`: its consultation has begun, or it has as many files as there may be.
    """
    vacancy = _may_change_files(session, application)
    if len(application.evidence) >= MOST_FILES:
        raise CannotApply(FULL)
    application.evidence.append(evidence)
    session.flush()
    if application.sent_at is not None:
        said = {"number": application.number, "name": evidence.name, "digest": evidence.digest}
        note(session, vacancy, by, "evidence.added", application.person, **said)
    if by.id != application.person_id:
        audit.record(session, by, "evidence.added", application, objective=vacancy.objective.code)


def detach(session: Session, application: Application, evidence: Evidence) -> None:
    """Take a file away again. The caller commits. Raises `CannotApply`: its consultation has begun, or it is gone."""
    vacancy = _may_change_files(session, application)
    if evidence not in application.evidence:
        raise CannotApply(CLOSED)
    application.evidence.remove(evidence)
    if application.sent_at is not None:
        said = {"number": application.number, "name": evidence.name, "digest": evidence.digest}
        note(session, vacancy, application.person, "evidence.removed", application.person, **said)


def _may_change_files(session: Session, application: Application) -> Vacancy:
    vacancy = hold(session, application.vacancy)
    session.refresh(application)
    session.refresh(application, ["evidence"])
    if vacancy.step not in (Step.CALL, Step.CLOSED) or application.stood_down_at is not None:
        raise CannotApply(CLOSED)
    return vacancy
