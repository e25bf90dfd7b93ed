"""Welcoming somebody new, from the page of the team."""

from datetime import timedelta

from flask import Response, flash

from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.limits import Limit, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.presence import signed_in
from permille.taskforces.forms import WelcomeForm
from permille.taskforces.models import Mandate, Membership
from permille.taskforces.policy import may_welcome
from permille.taskforces.queries import mandate_of, membership_by_id
from permille.taskforces.routes import taskforces
from permille.taskforces.welcoming import WasWelcomed, proposed_words, welcomes_of
from permille.taskforces.welcoming import welcome as welcome_member

WELCOMES = Limit("welcome", 50, timedelta(days=1))


@taskforces.get("/joined/<int:membership_id>/welcome/")
def ask_to_welcome(membership_id: int) -> Response:
    """Show the message to change and send, or who has welcomed the member already."""
    membership, mandate = _find(membership_id)
    require(may_welcome(signed_in(), membership, mandate))
    return _show(membership, WelcomeForm(formdata=None, words=proposed_words(membership)))


@taskforces.post("/joined/<int:membership_id>/welcome/")
def welcome_now(membership_id: int) -> Response:
    """Send it, once."""
    person = signed_in()
    membership, mandate = _find(membership_id)
    require(may_welcome(person, membership, mandate))
    form = WelcomeForm()
    if not form.is_in_order():
        return _show(membership, form, status=422)
    hold(WELCOMES, str(person.id))
    try:
        welcome_member(db.session, person, found(mandate), membership, form.words.data or "")
    except WasWelcomed:
        db.session.rollback()
        return go_to(link("taskforces.ask_to_welcome", membership_id=membership_id))
    db.session.commit()
    flash(_("Sent. Thank you for the welcome."))
    return go_to(link("taskforces.team", code=membership.objective.slug))


def _find(membership_id: int) -> tuple[Membership, Mandate | None]:
    membership = found(membership_by_id(db.session, within(membership_id)))
    return membership, mandate_of(db.session, membership.objective_id, signed_in().id)


def _show(membership: Membership, form: WelcomeForm, status: int = 200) -> Response:
    welcomed = welcomes_of(db.session, [membership.id]).get(membership.id)
    return show("taskforces/welcome.html", status=status, membership=membership, form=form, welcomed=welcomed)
