"""Inviting several people at once: paste the list, see what each line would do, then send."""

from flask import Response, flash, request

from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _n, language, number
from permille.foundation.limits import hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import require_fresh, signed_in
from permille.people.typed_addresses import TypedAddress, said_lines
from permille.secretariat.fairness import INVITATIONS, INVITATIONS_TO_ONE
from permille.secretariat.forms import GuestsForm
from permille.secretariat.inviting import MOST, guests_of, invite
from permille.secretariat.routes import secretariat


@secretariat.get("/invitations/several/")
def invite_several() -> Response:
    """Show the form for a list of addresses."""
    return _show(GuestsForm(formdata=None, language=language()))


@secretariat.post("/invitations/several/")
def invite_several_now() -> Response:
    """Check the list; sent a second time, with the check's own button, invite those it can."""
    person = signed_in()
    require(may_use_desk(person))
    form = GuestsForm()
    if not form.is_in_order():
        return _show(form, status=422)
    if said_lines(form.guests.data) > MOST:
        form.guests.errors = [_("These are too many. At most %(limit)s at once.", limit=number(MOST))]
        return _show(form, status=422)
    guests = guests_of(db.session, form.guests.data)
    wanted = [one for one in guests if not one.problem]
    if "checked" not in request.form or not wanted:
        return _show(form, guests=guests)
    require_fresh()
    for one in wanted:  # all counted first: counting ends the transaction
        hold(INVITATIONS, str(person.id))
        hold(INVITATIONS_TO_ONE, one.email)
    for one in wanted:
        invite(db.session, person, one.email, form.language.data, one.name)
    db.session.commit()
    flash(_n("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", len(wanted)))
    return go_to(link("secretariat.invitations"))


def _show(form: GuestsForm, status: int = 200, guests: list[TypedAddress] | None = None) -> Response:
    ready = sum(not one.problem for one in guests or ())
    return show("secretariat/guests.html", status=status, form=form, guests=guests, ready=ready)
