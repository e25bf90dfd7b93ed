"""Checking an application before it is sent, and sending it."""

from flask import Response, flash

from permille.exclusions.queries import keeps_from_office
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.objectives.models import Objective
from permille.people.presence import signed_in
from permille.taskforces.queries import membership_of
from permille.vacancies import applying
from permille.vacancies.application_forms import ApplicationForm, SendingForm
from permille.vacancies.application_routes import context_for, explain, found_for
from permille.vacancies.models import Application
from permille.vacancies.policy import may_apply, may_send
from permille.vacancies.queries import vacancy_of
from permille.vacancies.routes import SEAT, seat_or_404, vacancies
from permille.vacancies.seats import SeatName


@vacancies.get(f"{SEAT}apply/check/")
def check_application(code: str, seat: str) -> Response:
    """Show what was written before it is sent."""
    objective, name = seat_or_404(code, seat)
    person = signed_in()
    vacancy, application = found_for(objective, name, person)
    if application is None or not _is_complete(application, name):
        return go_to(link("vacancies.apply", **name.address))
    if application.is_candidacy:
        return go_to(link("vacancies.application", application_id=application.id))
    if not may_apply(person, vacancy) or keeps_from_office(db.session, objective.id, person.id):
        return explain(objective, name, person, vacancy, status=200)
    is_member = membership_of(db.session, objective.id, person.id) is not None
    return _check(objective, name, application, SendingForm(formdata=None, joins=True), is_member=is_member)


@vacancies.post(f"{SEAT}apply/check/")
def send_application(code: str, seat: str) -> Response:
    """Send it; the number comes by mail."""
    objective, name = seat_or_404(code, seat)
    person = signed_in()
    vacancy, application = found_for(objective, name, person)
    if vacancy is None or not may_send(person, vacancy, application):
        return explain(objective, name, person, vacancy)
    if application is None or not _is_complete(application, name):
        return go_to(link("vacancies.apply", **name.address))
    require(may_send(person, vacancy, application))
    form = SendingForm()
    if not form.is_in_order():
        return _check(objective, name, application, form, status=422)
    try:
        sent = applying.send(db.session, person, vacancy, objective, joins=form.joins.data)
    except applying.CannotApply:  # the standing lapsed or the call was closed at this very moment
        db.session.rollback()
        return explain(objective, name, person, vacancy_of(db.session, objective.id, name.region))
    db.session.commit()
    flash(_("Sent. Your number is %(number)s; it comes by mail as well.", number=sent.number))
    return go_to(link("vacancies.application", application_id=sent.id))


def _is_complete(application: Application, name: SeatName) -> bool:
    # A draft keeps whatever was typed: what is sent is asked everything the form asks.
    known = {one: getattr(application, one) for one in (*applying.ANSWERS, "languages")}
    form = ApplicationForm(
        formdata=None, data=known, for_region=name.region is not None, meta={"csrf": False}
    )
    return bool(form.validate())


def _check(
    objective: Objective, name: SeatName, application: Application, form: SendingForm, status: int = 200, *,
    is_member: bool = False,
) -> Response:  # fmt: skip
    context = {**context_for(objective, name, form), "application": application}
    return show("vacancies/check.html", status=status, is_member=is_member, **context)
