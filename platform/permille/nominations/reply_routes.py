"""The candidate's own page of a nomination, with two plain buttons."""

from flask import Response, flash

from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.nominations.accepting import accept, decline
from permille.nominations.forms import ReplyForm
from permille.nominations.models import Nomination, State
from permille.nominations.policy import may_reply
from permille.nominations.proposing import KEPT_OUT, RULE_FAILS, CannotNominate
from permille.nominations.queries import nomination_by_id
from permille.nominations.routes import nominations
from permille.people.opening import sign_in_afresh
from permille.people.presence import signed_in, signed_in_still
from permille.vacancies.seats import seat_of


@nominations.get("/nominations/<int:nomination_id>/")
def nomination(nomination_id: int) -> Response:
    """Show the candidate what they are nominated for, and ask whether they accept."""
    return _show(_own(nomination_id), ReplyForm(formdata=None))


@nominations.post("/nominations/<int:nomination_id>/accept/")
def accept_now(nomination_id: int) -> Response:
    """Take the office; it begins now."""
    person, one = signed_in(), _own(nomination_id)
    require(may_reply(person, one))
    form = ReplyForm()
    if not form.is_in_order():
        return _show(one, form, status=422)
    try:
        accept(db.session, person, one, one.vacancy.objective)
    except CannotNominate as reason:
        db.session.rollback()
        signed_in_still()  # another tab may have accepted, which begins a new session
        return _show(_own(nomination_id), form, status=409, why_not=str(reason))
    sign_in_afresh(
        person
    )  # whoever holds an office has more rights: other devices sign in anew, with the second step
    db.session.commit()
    flash(_("Thank you. The office is yours from today."))
    return go_to(link("nominations.nomination", nomination_id=one.id))


@nominations.post("/nominations/<int:nomination_id>/decline/")
def decline_now(nomination_id: int) -> Response:
    """Decline; nothing else changes."""
    person, one = signed_in(), _own(nomination_id)
    require(may_reply(person, one))
    form = ReplyForm()
    if not form.is_in_order():
        return _show(one, form, status=422)
    try:
        decline(db.session, person, one, one.vacancy.objective, form.reason.data or "")
    except CannotNominate:
        db.session.rollback()
        signed_in_still()
        return _show(_own(nomination_id), form, status=409)
    db.session.commit()
    flash(_("You have declined. Thank you for telling us."))
    return go_to(link("nominations.nomination", nomination_id=one.id))


def _own(nomination_id: int) -> Nomination:
    person = signed_in()
    one = nomination_by_id(db.session, within(nomination_id))
    return found(one if one is not None and may_reply(person, one) else None)


def _show(one: Nomination, form: ReplyForm, status: int = 200, *, why_not: str = "") -> Response:
    return show(
        "nominations/nomination.html",
        status=status,
        one=one,
        form=form,
        vacancy=one.vacancy,
        objective=one.vacancy.objective,
        name=seat_of(one.vacancy),
        is_open=one.state == State.OFFERED and one.application.is_candidacy,
        is_ineligible=why_not == RULE_FAILS,
        is_kept_out=why_not == KEPT_OUT,
    )
