"""Entering an application that came by phone, on paper or by mail, and that its candidate stands down."""

from collections.abc import Mapping
from typing import Any

from permille.exclusions.queries import keeps_from_office
from permille.foundation import audit
from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.eligibility import holds_eligibility
from permille.people.models import Person
from permille.vacancies.amending import end_candidacy
from permille.vacancies.application_queries import application_for
from permille.vacancies.applying import (
    BEGUN,
    NOT_ELIGIBLE,
    NOT_OPEN,
    SENT,
    CannotApply,
    enter_lists,
    hold,
    note_sent,
    own_application,
    write_answers,
)
from permille.vacancies.candidate_letters import tell_candidate
from permille.vacancies.models import Application, Source, Vacancy
from permille.vacancies.record import note


def enter(
    session: Session, typist: Person, person: Person, vacancy: Vacancy, objective: Objective, source: Source,
    lang: str, said: Mapping[str, Any],
) -> Application:  # fmt: skip
    """Enter an application that came by phone, on paper or by mail for the person it is of. The caller commits.

    Raises `CannotApply`, also when they have sent one themselves.
    """
    if not hold(session, vacancy).is_open_to(person.id):
        raise CannotApply(NOT_OPEN)
    if not holds_eligibility(session, person) or keeps_from_office(
        session, objective.id, person.id, to_decide=True
    ):
        raise CannotApply(NOT_ELIGIBLE)
    known = application_for(session, vacancy.id, person.id, to_change=True)
    if known is not None:  # what somebody wrote for themselves is not written over, nor read
        raise CannotApply(SENT if known.is_candidacy else BEGUN)
    application = own_application(session, person, vacancy)
    write_answers(application, lang, said)
    application.typed_by_id, application.typed_from = typist.id, source
    enter_lists(session, application, vacancy, objective)
    note_sent(session, vacancy, application, typist, objective, person, source=source.value)
    tell_candidate(session, person, "application_entered", application, objective)
    return application


def stand_down_for(
    session: Session, typist: Person, application: Application, objective: Objective, source: Source
) -> bool:
    """Record that a candidate said they stand down; the caller commits.

    Returns whether they are told: only who has an account that works can be. Raises `CannotApply`: it is over.
    """
    person = application.person
    vacancy = end_candidacy(session, application)
    act, said = "application.stood_down_for", {"number": application.number, "heard": source.value}
    note(session, vacancy, typist, act, person, **said)
    audit.record(session, typist, act, application, objective=objective.code)
    if person is None or not person.is_confirmed or person.suspended_at is not None:
        return False
    kind = "application_stood_down_for"
    tell_candidate(session, person, kind, application, objective, source=source.value)
    return True
