"""The pages of the desk where the bodies that consultations ask are kept."""

from flask import Response, flash

from permille.consultations.bodies import (
    AddressTaken,
    NoAddress,
    add,
    all_bodies,
    body_by_id,
    change,
    retire,
    use_again,
)
from permille.consultations.body_forms import BodyForm, known_of
from permille.consultations.models import Body
from permille.consultations.policy import may_keep_bodies
from permille.consultations.routes import consultations
from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.presence import signed_in

BODIES = "/consultations/bodies/"
BODY = f"{BODIES}<int:body_id>/"


@consultations.get(BODIES)
def bodies() -> Response:
    """List the bodies by name, and those that are retired (1 statement)."""
    require(may_keep_bodies(signed_in()))
    rows = sorted(all_bodies(db.session), key=lambda one: one.name.text_in(language()).casefold())
    asked = [one for one in rows if one.retired_at is None]
    retired = [one for one in rows if one.retired_at is not None]
    return show("consultations/bodies.html", form=Form(), asked=asked, retired=retired)


@consultations.get(f"{BODIES}new/")
def new_body() -> Response:
    """Show the form that adds a body."""
    require(may_keep_bodies(signed_in()))
    return _ask(BodyForm(language=language()), None)


@consultations.post(f"{BODIES}new/")
def add_body() -> Response:
    """Add a body; from now on it can be put on the list of every consultation."""
    person = signed_in()
    require(may_keep_bodies(person))
    form = BodyForm()
    if not form.is_in_order():
        return _ask(form, None, status=422)
    try:
        add(db.session, person, form.name, form.email.data, form.language.data)
    except AddressTaken:
        return _ask(_taken(form), None, status=422)
    db.session.commit()
    flash(_("The body is on the list."))
    return _back()


@consultations.get(BODY)
def body(body_id: int) -> Response:
    """Show what is known of a body, to be changed (1 statement)."""
    require(may_keep_bodies(signed_in()))
    one = _found(body_id)
    return _ask(BodyForm(data=known_of(one)), one)


@consultations.post(BODY)
def change_body(body_id: int) -> Response:
    """Change a body; consultations that have it on their list keep it as it was."""
    person = signed_in()
    require(may_keep_bodies(person))
    one, form = _found(body_id), BodyForm()
    if not form.is_in_order():
        return _ask(form, one, status=422)
    try:
        change(db.session, person, one, form.name, form.email.data, form.language.data)
    except AddressTaken:
        return _ask(_taken(form), one, status=422)
    db.session.commit()
    flash(_("Changed."))
    return _back()


@consultations.post(f"{BODY}retire/")
def retire_body(body_id: int) -> Response:
    """Let a body be asked no more from now on."""
    person = signed_in()
    require(may_keep_bodies(person))
    retire(db.session, person, _found(body_id))
    db.session.commit()
    flash(_("Retired. New lists are made without it."))
    return _back()


@consultations.post(f"{BODY}use/")
def use_body(body_id: int) -> Response:
    """Take a retired body back into use, unless its address is gone or another body has it."""
    person = signed_in()
    require(may_keep_bodies(person))
    one = _found(body_id)
    try:
        use_again(db.session, person, one)
    except NoAddress:
        flash(_("Enter its address first."), "bad")
        return go_to(link("consultations.body", body_id=body_id))
    except AddressTaken:
        flash(_("Another body in use has this address. Change one of the two first."), "bad")
        return _back()
    db.session.commit()
    flash(_("The body is on the list."))
    return _back()


def _found(body_id: int) -> Body:
    return found(body_by_id(db.session, within(body_id)))


def _taken(form: BodyForm) -> BodyForm:
    form.email.errors = [_("Another body in use has this address.")]
    return form


def _back() -> Response:
    return go_to(link("consultations.bodies"))


def _ask(form: BodyForm, one: Body | None, status: int = 200) -> Response:
    return show("consultations/body.html", status=status, form=form, one=one)
