"""What a contact of an organisation does on their own page: confirming who belongs to it, or declining."""

from flask import Response, abort, flash

from permille.foundation.database import LARGEST_ID, db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.decisions import claims_for, confirm, decline
from permille.people.models import Affiliation, Person
from permille.people.policy import may_confirm
from permille.people.presence import signed_in
from permille.people.reasons import ReasonForm
from permille.people.routes import people


@people.post("/me/claims/<int:claim_id>/confirm/")
def confirm_claim(claim_id: int) -> Response:
    """Confirm that somebody belongs to the organisation one is the contact of."""
    person = signed_in()
    claim = _claim(person, claim_id)
    require(may_confirm(person, claim))
    confirm(db.session, claim, person)
    db.session.commit()
    flash(_("Confirmed. The person is told by mail."))
    return go_to(link("people.mine"))


@people.get("/me/claims/<int:claim_id>/decline/")
def ask_to_decline_claim(claim_id: int) -> Response:
    """Ask why a claim is declined."""
    claim = _claim(signed_in(), claim_id, to_change=False)
    return show("people/ending.html", affiliation=claim, form=ReasonForm(formdata=None))


@people.post("/me/claims/<int:claim_id>/decline/")
def decline_claim(claim_id: int) -> Response:
    """Decline a claim with its reason, which the person reads."""
    person = signed_in()
    claim = _claim(person, claim_id)
    require(may_confirm(person, claim))
    form = ReasonForm()
    if not form.is_in_order():
        return show("people/ending.html", status=422, affiliation=claim, form=form)
    decline(db.session, claim, person, form.reason.data or "")
    db.session.commit()
    flash(_("Declined. The person is told by mail."))
    return go_to(link("people.mine"))


def _claim(person: Person, claim_id: int, *, to_change: bool = True) -> Affiliation:
    if not 0 < claim_id <= LARGEST_ID:
        abort(404)
    found = claims_for(db.session, person, claim_id, to_change=to_change)
    return found[0] if found else abort(404)
