"""Applying: drafts and sending, and what every way of becoming a candidate shares."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from permille.exclusions.queries import keeps_from_office
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.languages import NAMES
from permille.objectives.models import Objective
from permille.people.eligibility import holds_eligibility
from permille.people.models import Person
from permille.taskforces.joining import join
from permille.vacancies.application_queries import application_for
from permille.vacancies.candidate_letters import tell_candidate
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.models.applications import LONGEST_DRAFT
from permille.vacancies.record import hold_vacancy, note

ANSWERS = ("why", "experience", "knowledge", "time", "endorsement", "links")
"""What is written, in the order of the form."""


class CannotApply(ValueError):
    """The call is not open, or the person may not stand; the message is one of the words below."""


NOT_OPEN = "not_open"
NOT_ELIGIBLE = "not_eligible"
CLOSED = "closed"
SENT = "sent"
BEGUN = "begun"
FULL = "full"


def keep_answers(
    session: Session, person: Person, vacancy: Vacancy, lang: str, said: Mapping[str, Any]
) -> Application:
    """Keep what was typed and not sent, for as long as the call is open. The caller commits.

    Raises `CannotApply`: the call is not open, or what was sent already cannot be changed by keeping.
    """
    if not hold(session, vacancy).is_open_to(person.id):
        raise CannotApply(NOT_OPEN)
    application = own_application(session, person, vacancy)
    if application.is_candidacy:
        raise CannotApply(SENT)
    write_answers(application, lang, said)
    return application


def send(
    session: Session, person: Person, vacancy: Vacancy, objective: Objective, *, joins: bool
) -> Application:
    """Send an application; whoever wishes becomes a Team Member meanwhile. Sending twice is sending once.

    The caller commits. Raises `CannotApply`.
    """
    hold(session, vacancy)
    application = application_for(session, vacancy.id, person.id, to_change=True)
    if application is None:
        raise CannotApply(NOT_OPEN)
    if application.is_candidacy:
        return application
    if not vacancy.is_open_to(person.id):
        raise CannotApply(NOT_OPEN)
    if not holds_eligibility(session, person) or keeps_from_office(
        session, objective.id, person.id, to_decide=True
    ):
        raise CannotApply(NOT_ELIGIBLE)
    application.typed_by_id = application.typed_from = None  # once typed for them, now sent by themselves
    enter_lists(session, application, vacancy, objective)
    note_sent(session, vacancy, application, person, objective)
    if joins:
        join(session, person, objective, "")
    tell_candidate(session, person, "application_sent", application, objective)
    return application


def answers_of(application: Application) -> dict[str, Any]:
    """Return what was written, as it stands in the record."""
    return {
        "language": application.language,
        "languages": application.languages,
        **{name: getattr(application, name) for name in ANSWERS},
    }


def hold(session: Session, vacancy: Vacancy) -> Vacancy:
    """Keep everybody else from changing a vacancy until the transaction ends, and return it as it is now."""
    hold_vacancy(session, vacancy.id)
    return vacancy


def own_application(session: Session, person: Person, vacancy: Vacancy) -> Application:
    """Return a person's application for a vacancy, held; a new one if they have begun none."""
    known = application_for(session, vacancy.id, person.id, to_change=True)
    if known is not None:
        return known
    application = Application(
        vacancy_id=vacancy.id, person_id=person.id, vacancy=vacancy, languages=[], evidence=[]
    )
    try:
        with session.begin_nested():
            session.add(application)
    except IntegrityError:  # two tabs at the same moment: the index lets one in
        found = application_for(session, vacancy.id, person.id, to_change=True)
        if found is None:
            raise
        return found
    return application


def write_answers(application: Application, lang: str, said: Mapping[str, Any]) -> None:
    """Write what was said into an application, cut to what a draft may hold."""
    for name in ANSWERS:
        setattr(application, name, (said.get(name) or "")[:LONGEST_DRAFT])
    application.languages = [one for one in said.get("languages") or [] if one in NAMES]
    application.language, application.changed_at = lang, now()


def enter_lists(session: Session, application: Application, vacancy: Vacancy, objective: Objective) -> None:
    """Make a written application a candidacy, with its number."""
    session.flush()
    application.sent_at, application.stood_down_at = now(), None
    application.number = application.number or number_of(application, objective)


def number_of(application: Application, objective: Objective) -> str:
    """Return the number an application is confirmed with."""
    return f"{objective.code}-{application.id:05d}"


def note_sent(
    session: Session, vacancy: Vacancy, application: Application, by: Person, objective: Objective,
    about: Person | None = None, **how: str,
) -> None:  # fmt: skip
    """Record that an application came, with every word of it."""
    act = "application.entered" if about else "application.sent"
    files = [{"name": one.name, "digest": one.digest} for one in application.evidence]
    note(
        session, vacancy, by, act, about or by,
        number=application.number, evidence=files, **how, **answers_of(application),
    )  # fmt: skip
    audit.record(session, by, act, application, objective=objective.code)
