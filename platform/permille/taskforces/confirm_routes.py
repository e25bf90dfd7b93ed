"""Confirming a join from the mail: a button, pressed once."""

from flask import Response, abort, flash, session
from sqlalchemy.exc import IntegrityError

from permille.foundation.database import db
from permille.foundation.errors import when_too_old
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.links import spend, waiting_link
from permille.people.models import Purpose
from permille.people.opening import sign_in
from permille.people.presence import me
from permille.people.queries import owner_with, person_with
from permille.people.suspension import refuse_suspended
from permille.taskforces.join_routes import find_kept_out, refuse_kept_out
from permille.taskforces.joining import confirm_visitor
from permille.taskforces.keeping_out import StaysOut
from permille.taskforces.policy import may_join
from permille.taskforces.routes import objective_or_404, taskforces

JOINED = "joined"


@taskforces.get("/join/confirm/")
def confirm(**_values: str) -> Response:
    """Show the button that confirms; a mail scanner that opens the link changes nothing."""
    row = waiting_link(Purpose.JOIN)
    if row is None:
        return _joined_already() or abort(410)
    refuse_suspended(person_with(db.session, row.email))
    objective = objective_or_404(row.payload["objective"].lower())
    return show("taskforces/confirm.html", row=row, objective=objective, form=Form())


@taskforces.post("/join/confirm/")
def confirm_now(**_values: str) -> Response:
    """Confirm the address and join; only an account made by it is signed in."""
    row = waiting_link(Purpose.JOIN)
    if row is None:
        return _joined_already() or abort(410)
    wanted = owner_with(db.session, row.email)
    refuse_suspended(wanted)
    require(may_join(wanted, None))
    try:
        person, objective = confirm_visitor(db.session, row, wanted)
    except StaysOut:  # the link is theirs, so they may know
        db.session.rollback()
        objective = objective_or_404(row.payload["objective"].lower())
        return refuse_kept_out(objective, find_kept_out(wanted, objective), status=409)
    except IntegrityError:  # two links to one new address pressed at once
        db.session.rollback()
        return go_to(link("people.sign_in"))
    spend()
    if wanted is None:  # the link makes an account, but never opens one that is there
        sign_in(person)
    session[JOINED] = objective.code
    db.session.commit()
    if wanted is not None and me() != wanted:
        return _ask_to_sign_in(objective.code)
    flash(_("Welcome. You are now a Team Member of Task Force %(code)s.", code=objective.code))
    return go_to(link("taskforces.page", code=objective.slug, lang=language()))


def _ask_to_sign_in(code: str) -> Response:
    flash(_("You have joined Task Force %(code)s. Sign in to see it.", code=code))
    return go_to(link("people.sign_in", next=link("taskforces.page", code=code.lower())))


@when_too_old("taskforces.confirm_now")
def _joined_already() -> Response | None:
    """Answer a button that was pressed again: say what it did."""
    code = session.get(JOINED)
    if code is None:
        return None
    if me() is None:
        return _ask_to_sign_in(code)
    flash(_("You are already a Team Member of Task Force %(code)s.", code=code))
    return go_to(link("taskforces.page", code=code.lower()))
