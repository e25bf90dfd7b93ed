"""Changing one's e-mail address: asked from the account, confirmed from the new mailbox, told to the old one."""

from flask import Response, abort, flash
from sqlalchemy.exc import IntegrityError

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.fairness import hold_mails
from permille.people.forms import ChangeAddressForm
from permille.people.letters import end_links, mail_address_changed, mail_new_address
from permille.people.links import spend, waiting_link
from permille.people.mail_routes import note_mailed
from permille.people.models import Purpose
from permille.people.opening import sign_in_afresh
from permille.people.password_routes import is_theirs
from permille.people.policy import may_edit_own, may_sign_in
from permille.people.presence import me, require_fresh, signed_in, signed_in_still
from permille.people.routes import people


@people.get("/me/email/")
def change_address() -> Response:
    """Show the form for a new address."""
    person = signed_in()
    return show("people/address.html", form=ChangeAddressForm(email=""), person=person)


@people.post("/me/email/")
def change_address_now() -> Response:
    """Mail a link to the new address and a notice to the present one."""
    person = signed_in()
    require(may_edit_own(person))
    if person.password_hash is None:  # nothing else shows that it is still them
        require_fresh()
    form = ChangeAddressForm()
    if not form.is_in_order() or not is_theirs(person, form.present):
        return show("people/address.html", status=422, form=form, person=person)
    email = form.email.data
    hold_mails(email)
    person = signed_in_still()
    require(may_edit_own(person))
    mail_new_address(db.session, person, email)
    db.session.commit()
    note_mailed("address", email)
    return go_to(link("people.mailed"))


@people.get("/new-address/")
def change_address_confirm() -> Response:
    """Show the button that changes the address; opening it changes nothing."""
    row = waiting_link(Purpose.CHANGE_ADDRESS) or abort(410)
    return show("people/address_confirm.html", form=Form(), email=row.email)


@people.post("/new-address/")
def change_address_confirm_now() -> Response:
    """Change the address and end every session; here, whoever it is goes on."""
    row = waiting_link(Purpose.CHANGE_ADDRESS) or abort(410)
    person = row.person or abort(410)
    require(may_sign_in(person))
    old, person.email = person.email, row.email
    try:
        db.session.flush()
    except IntegrityError:  # somebody signed up with it meanwhile
        db.session.rollback()
        abort(409)
    person.confirmed_at = None
    person.confirm()
    end_links(db.session, person)
    spend()
    mail_address_changed(db.session, person, old)
    audit.record(db.session, person, "address.changed", person)
    sign_in_afresh(person)
    db.session.commit()
    flash(_("Your e-mail address is changed. You have been signed out everywhere else."))
    return go_to(link("people.mine") if me() else link("people.sign_in"))
