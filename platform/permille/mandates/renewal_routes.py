"""Opening the renewal of an office whose term ends."""

from datetime import timedelta

from flask import Response, abort, flash

from permille.foundation.database import db
from permille.foundation.days import today
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.mandates.ending import HasEnded
from permille.mandates.forms import RenewalForm
from permille.mandates.policy import may_renew
from permille.mandates.renewing import RunsAlready, open_renewal
from permille.mandates.routes import find_mandate, mandates, seat_name, stood_against
from permille.people.presence import signed_in
from permille.taskforces.models import Mandate


@mandates.get("/mandates/<int:mandate_id>/renew/")
def ask_to_renew(mandate_id: int) -> Response:
    """Ask until when the holder should say that they go on."""
    one = find_mandate(mandate_id)
    require(may_renew(signed_in(), one, is_rival=stood_against(one)))
    return _ask_to_renew(one, RenewalForm(formdata=None, last_day=today() + timedelta(days=14)))


@mandates.post("/mandates/<int:mandate_id>/renew/")
def renew(mandate_id: int) -> Response:
    """Open the renewal; the holder is told."""
    person, one = signed_in(), find_mandate(mandate_id)
    require(may_renew(person, one, is_rival=stood_against(one)))
    form = RenewalForm()
    if not form.is_in_order():
        return _ask_to_renew(one, form, status=422)
    try:
        open_renewal(db.session, person, one, form.last_day.data, form.decision_day.data)
    except RunsAlready:
        db.session.rollback()
        form.last_day.errors = [_("A vacancy runs for this seat already.")]
        return _ask_to_renew(find_mandate(mandate_id), form, status=422)
    except HasEnded:
        abort(409)
    db.session.commit()
    flash(_("The renewal is open. The holder is told."))
    return go_to(link("vacancies.seat", **seat_name(one).address))


def _ask_to_renew(one: Mandate, form: Form, status: int = 200) -> Response:
    return show("mandates/renew.html", status=status, one=one, name=seat_name(one), form=form)
