"""Recording that a candidate stands down whose application the Secretariat typed: they said so by phone or on paper."""

from flask import Response, abort, flash

from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.presence import signed_in
from permille.vacancies import applying
from permille.vacancies.application_forms import StandingDownForm
from permille.vacancies.entering import stand_down_for
from permille.vacancies.interests import has_interest
from permille.vacancies.models import Application, Source
from permille.vacancies.policy import may_stand_down_for
from permille.vacancies.routes import vacancies
from permille.vacancies.seats import seat_of
from permille.vacancies.status_routes import context_of, find_application


@vacancies.get("/applications/<int:application_id>/stand-down/on-behalf/")
def ask_to_stand_down_for(application_id: int) -> Response:
    """Ask how the candidate said so."""
    person, one = signed_in(), find_application(application_id)
    is_out = has_interest(db.session, one.vacancy_id, person.id)
    require(may_stand_down_for(person, one, has_interest=is_out))
    return _ask(one, StandingDownForm(formdata=None))


@vacancies.post("/applications/<int:application_id>/stand-down/on-behalf/")
def stand_down_for_now(application_id: int) -> Response:
    """Record it, with how they said so and who typed it; the candidate is told."""
    person, one = signed_in(), find_application(application_id)
    is_out = has_interest(db.session, one.vacancy_id, person.id)
    require(may_stand_down_for(person, one, has_interest=is_out))
    form = StandingDownForm()
    if not form.is_in_order():
        return _ask(one, form, status=422)
    try:
        is_told = stand_down_for(db.session, person, one, one.vacancy.objective, Source(form.source.data))
    except applying.CannotApply:
        abort(409)
    db.session.commit()
    if is_told:
        flash(_("Recorded. The candidate is told by mail."))
    else:
        flash(_("Recorded. The candidate has no account that works: please tell them yourself."))
    return go_to(link("vacancies.candidates", **seat_of(one.vacancy).address))


def _ask(one: Application, form: StandingDownForm, status: int = 200) -> Response:
    return show("vacancies/stand_down_for.html", status=status, form=form, **context_of(one))
