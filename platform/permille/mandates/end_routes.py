"""Ending an office: stepping down, or the Secretariat with its reason."""

from typing import Any

from flask import Response, abort, flash

from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.mandates.ending import HasEnded, end
from permille.mandates.forms import EndForm, StepDownForm
from permille.mandates.policy import may_be_ended_by, may_step_down
from permille.mandates.routes import find_mandate, mandates, seat_name, stood_against
from permille.people.presence import require_fresh, signed_in
from permille.taskforces.models import Mandate


@mandates.get("/mandates/<int:mandate_id>/end/")
def ask_to_end(mandate_id: int) -> Response:
    """Ask the holder whether they step down, or the Secretariat for its reason."""
    one = find_mandate(mandate_id)
    require(may_be_ended_by(signed_in(), one, is_rival=stood_against(one)))
    is_own = may_step_down(signed_in(), one)
    return _ask_to_end(one, StepDownForm(formdata=None) if is_own else EndForm(formdata=None))


@mandates.post("/mandates/<int:mandate_id>/end/")
def end_now(mandate_id: int) -> Response:
    """End the mandate; the seat is open again."""
    person, one = signed_in(), find_mandate(mandate_id)
    require(may_be_ended_by(person, one, is_rival=stood_against(one)))
    is_own = may_step_down(person, one)
    if not is_own:
        require_fresh()
    form: Any = StepDownForm() if is_own else EndForm()
    if not form.is_in_order():
        return _ask_to_end(one, form, status=422)
    try:
        end(db.session, person, one, form.reason.data or "")
    except HasEnded:
        abort(409)
    db.session.commit()
    flash(_("The office has ended. The seat is shown as open."))
    return go_to(link("mandates.mandate", mandate_id=one.id))


def _ask_to_end(one: Mandate, form: Form, status: int = 200) -> Response:
    is_own = one.person_id == signed_in().id
    return show("mandates/end.html", status=status, one=one, name=seat_name(one), form=form, is_own=is_own)
