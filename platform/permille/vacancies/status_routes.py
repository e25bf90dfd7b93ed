"""An application after it was sent: where it stands, what comes next, and standing down; the list of one's own."""

from typing import Any

from flask import Response, abort, flash

from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.presence import me, signed_in
from permille.taskforces.queries import mandates_of
from permille.vacancies import amending, applying
from permille.vacancies.application_queries import application_by_id, applications_of
from permille.vacancies.interests import has_interest
from permille.vacancies.models import Application, Outcome
from permille.vacancies.policy import (
    may_add_file,
    may_attach,
    may_change_application,
    may_read_application,
    may_stand_down,
    may_stand_down_for,
)
from permille.vacancies.queries import watched_by
from permille.vacancies.record import why_given_up
from permille.vacancies.routes import vacancies
from permille.vacancies.seats import seat_named, seat_of


@vacancies.get("/me/offices/")
def my_offices() -> Response:
    """List one's offices, applications and the seats one asked about (4 statements)."""
    person = signed_in()
    watched = [(code, seat_named(code, seat)) for code, seat in watched_by(db.session, person.id)]
    return show(
        "vacancies/mine.html",
        mandates=mandates_of(db.session, person.id),
        applications=applications_of(db.session, person.id),
        watched=[name for _code, name in watched if name],
        name_of=seat_of,
    )


@vacancies.get("/applications/<int:application_id>/")
def application(application_id: int) -> Response:
    """Show an application to its writer: step, next step, what was written; to the Secretariat, what was written."""
    return show_application(find_application(application_id))


@vacancies.get("/applications/<int:application_id>/stand-down/")
def stand_down(application_id: int) -> Response:
    """Ask once."""
    one = find_application(application_id)
    require(may_stand_down(signed_in(), one))
    return show("vacancies/stand_down.html", form=Form(), **context_of(one))


@vacancies.post("/applications/<int:application_id>/stand-down/")
def stand_down_now(application_id: int) -> Response:
    """Stand down; the record stays."""
    person = signed_in()
    one = find_application(application_id)
    require(may_stand_down(person, one))
    try:
        amending.stand_down(db.session, person, one, one.vacancy.objective)
    except applying.CannotApply:
        abort(409)
    db.session.commit()
    flash(_("You are no longer a candidate. While the call is open you can apply again."))
    return go_to(link("vacancies.application", application_id=one.id))


def find_application(application_id: int) -> Application:
    """Return an application whoever is looking may read; 404 for everybody else: that it is there is nobody's business."""
    person = signed_in()
    one = found(application_by_id(db.session, within(application_id)))
    is_out = has_interest(db.session, one.vacancy_id, person.id)
    return one if may_read_application(person, one, has_interest=is_out) else abort(404)


def show_application(one: Application, form: Any = None, status: int = 200) -> Response:
    """Show an application, with the form for files if its writer is looking."""
    return show("vacancies/application.html", status=status, form=form or Form(), **context_of(one))


def context_of(one: Application) -> dict[str, Any]:
    """Return what the pages of an application show to whoever may read it."""
    person = me()
    is_own = person is not None and one.person_id == person.id
    # Who reads what is not their own has no interest in the vacancy: with one they would not have found it.
    return {
        "application": one,
        "vacancy": one.vacancy,
        "objective": one.vacancy.objective,
        "name": seat_of(one.vacancy),
        "why_ended": why_given_up(db.session, one.vacancy) if one.vacancy.outcome == Outcome.NOBODY else "",
        "is_own": is_own,
        "may_change": may_change_application(person, one),
        "may_attach": may_add_file(person, one, has_interest=is_own),
        "may_remove": may_attach(person, one),
        "may_stand_down": may_stand_down(person, one),
        "may_stand_down_for": may_stand_down_for(person, one, has_interest=is_own),
    }
