"""Applying for a seat: writing, keeping, and changing what was sent."""

from datetime import timedelta
from typing import Any

from flask import Response, abort, flash, request

from permille.exclusions.queries import keeps_from_office
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.limits import Limit, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.presence import signed_in
from permille.taskforces.drafts import keep_draft
from permille.taskforces.models import LONGEST_CONTRIBUTION
from permille.taskforces.queries import draft_of
from permille.vacancies import amending, applying
from permille.vacancies.application_forms import ApplicationForm
from permille.vacancies.application_queries import application_for
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.models.applications import LONGEST_ANSWER
from permille.vacancies.policy import may_apply, may_change_application, may_write
from permille.vacancies.queries import vacancy_of
from permille.vacancies.routes import SEAT, seat_or_404, vacancies
from permille.vacancies.seats import SeatName

KEEPING = Limit("application", 600, timedelta(hours=1))


@vacancies.get(f"{SEAT}apply/")
def apply(code: str, seat: str) -> Response:
    """Show the form with what was written before; whoever may not apply sees why, and the ways on."""
    objective, name = seat_or_404(code, seat)
    person = signed_in()
    vacancy, application = found_for(objective, name, person)
    if application is not None and application.is_candidacy:
        require(may_change_application(person, application))
        return _write(objective, name, _form(name, application))
    if not may_apply(person, vacancy) or keeps_from_office(db.session, objective.id, person.id):
        return explain(objective, name, person, vacancy, status=200)
    return _write(objective, name, _form(name, application, _typed_before(objective, person)))


@vacancies.post(f"{SEAT}apply/")
def apply_now(code: str, seat: str) -> Response:
    """Keep the answers and go on to the check; of an application that was sent, change them."""
    objective, name = seat_or_404(code, seat)
    person = signed_in()
    vacancy, application = found_for(objective, name, person)
    if application is not None and application.is_candidacy:
        return _change(objective, name, person, application)
    if vacancy is None or not may_write(person, vacancy):
        return explain(objective, name, person, vacancy)
    form = ApplicationForm(for_region=name.region is not None)
    is_in_order = form.is_in_order()
    if person.is_eligible or any(form.data[one] for one in applying.ANSWERS if one in form.data):
        require(may_write(person, vacancy))
        hold(KEEPING, str(person.id))
        _keep(person, objective, name, form)
    if not person.is_eligible:
        _carry_over(person, objective, form)
        return explain(objective, name, person, vacancy)
    if "save" in request.form:
        flash(_("Saved. Nothing has been sent yet: you can go on later, on any device."))
        return go_to(link("vacancies.apply", **name.address))
    if not is_in_order:
        return _write(objective, name, form, status=422)
    return go_to(link("vacancies.check_application", **name.address))


@vacancies.post(f"{SEAT}apply/keep/")
def keep_application(code: str, seat: str) -> Response:
    """Keep what is being typed, as the page does by itself from time to time."""
    objective, name = seat_or_404(code, seat)
    person = signed_in()
    vacancy, _application = found_for(objective, name, person)
    if not may_apply(person, vacancy):
        return explain(objective, name, person, vacancy)
    require(may_apply(person, vacancy))
    hold(KEEPING, str(person.id))
    form = ApplicationForm(for_region=name.region is not None)
    form.is_in_order()
    _keep(person, objective, name, form)
    return show(
        "vacancies/apply.html",
        fragment="vacancies/_kept.html",
        kept_at=now(),
        **context_for(objective, name, form),
    )


def found_for(
    objective: Objective, name: SeatName, person: Person
) -> tuple[Vacancy | None, Application | None]:
    """Return the vacancy that runs for a seat, and what a person has written for it (3 statements)."""
    vacancy = vacancy_of(db.session, objective.id, name.region)
    return vacancy, application_for(db.session, vacancy.id, person.id) if vacancy else None


def _typed_before(objective: Objective, person: Person) -> str:
    # What was typed on the form to join counts as the first words of an application.
    draft = draft_of(db.session, objective.id, person.id)
    return draft.contribution[:LONGEST_ANSWER] if draft else ""


def _carry_over(person: Person, objective: Objective, form: ApplicationForm) -> None:
    # Whoever joins as a Team Member instead finds the first words there; what they had begun there stays.
    words, known = form.why.data or "", draft_of(db.session, objective.id, person.id)
    if not words or (known is not None and known.contribution):
        return
    require(person.suspended_at is None)
    keep_draft(db.session, person, objective, "member", words[:LONGEST_CONTRIBUTION])
    db.session.commit()


def _form(name: SeatName, application: Application | None, why: str = "") -> ApplicationForm:
    known: dict[str, Any] = {"why": why}
    if application is not None:
        known = {one: getattr(application, one) for one in (*applying.ANSWERS, "languages")}
        known["why"] = known["why"] or why
    return ApplicationForm(data=known, for_region=name.region is not None)


def _keep(person: Person, objective: Objective, name: SeatName, form: ApplicationForm) -> None:
    vacancy = vacancy_of(db.session, objective.id, name.region) or abort(409)
    try:
        applying.keep_answers(db.session, person, vacancy, language(), form.data)
    except applying.CannotApply:
        abort(409)
    db.session.commit()


def _change(objective: Objective, name: SeatName, person: Person, application: Application) -> Response:
    require(may_change_application(person, application))
    hold(KEEPING, str(person.id))
    form = ApplicationForm(for_region=name.region is not None)
    if not form.is_in_order():
        return _write(objective, name, form, status=422)
    try:
        amending.change(db.session, person, application, objective, language(), form.data)
    except applying.CannotApply:
        abort(409)
    db.session.commit()
    flash(_("Your changes are sent."))
    return go_to(link("vacancies.application", application_id=application.id))


def context_for(objective: Objective, name: SeatName, form: Any) -> dict[str, Any]:
    """Return what the pages of an application show."""
    vacancy, application = found_for(objective, name, signed_in())
    return {
        "objective": objective,
        "name": name,
        "form": form,
        "vacancy": vacancy,
        "application": application,
    }


def _write(objective: Objective, name: SeatName, form: ApplicationForm, status: int = 200) -> Response:
    return show("vacancies/apply.html", status=status, kept_at=None, **context_for(objective, name, form))


def explain(
    objective: Objective, name: SeatName, person: Person, vacancy: Vacancy | None, status: int = 0
) -> Response:
    """Say why somebody cannot apply, and what they can do: 422 for who may not stand, 409 for no open call."""
    status = status or (409 if person.is_eligible else 422)
    draft = application_for(db.session, vacancy.id, person.id) if vacancy else None
    return show(
        "vacancies/cannot_apply.html",
        status=status,
        objective=objective,
        name=name,
        vacancy=vacancy,
        eligibility=person.eligibility.value,
        is_kept_out=keeps_from_office(db.session, objective.id, person.id),
        affiliation=person.affiliation,
        is_kept=draft is not None,
    )
