"""One's own second step: setting it up, its recovery codes, and turning it off."""

import segno
from flask import Response, current_app, flash

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _l
from permille.foundation.limits import hold, take_back
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.fairness import FACTOR_TRIES
from permille.people.forms import FirstCodeForm
from permille.people.models import Person
from permille.people.opening import sign_in_afresh
from permille.people.passkey_questions import passkeys_of
from permille.people.policy import may_add_passkey, may_end_app, may_renew_codes, may_set_app_up
from permille.people.presence import must_set_up_factor, require_fresh, signed_in, signed_in_still
from permille.people.queries import is_privileged
from permille.people.routes import people
from permille.people.second_step import (
    address_of,
    begin,
    codes_left,
    end_app,
    is_first_right,
    renew_codes,
    seed_of,
    steps_of,
    turn_off,
    turn_on,
)

DOT = 5
"""Pixels of one square of the picture."""


@people.get("/me/second-step/")
def second_step() -> Response:
    """Show whether one has a second step, and what can be done (4 statements)."""
    person = signed_in()
    is_compulsory = is_privileged(db.session, person) and not current_app.config["DEMONSTRATION"]
    left = codes_left(db.session, person) if person.second_factor_at else 0
    steps, passkeys = steps_of(db.session, person), passkeys_of(db.session, person)
    return show(
        "people/second_step.html",
        person=person, left=left, is_compulsory=is_compulsory, must=must_set_up_factor(), form=Form(),
        passkeys=passkeys, has_app=steps.has_app, may_add=may_add_passkey(person, steps),
    )  # fmt: skip


@people.post("/me/second-step/begin/")
def begin_factor() -> Response:
    """Make a new secret for one's app; whoever has one turns it off first."""
    person = signed_in()
    require(may_set_app_up(person, steps_of(db.session, person)))
    require_fresh()
    person = signed_in_still()  # held: an app that has just been confirmed elsewhere is not replaced
    require(may_set_app_up(person, steps_of(db.session, person)))
    begin(db.session, person)
    db.session.commit()
    return go_to(link("people.second_step_app"))


@people.get("/me/second-step/app/")
def second_step_app() -> Response:
    """Show the secret as a picture and as letters, and ask for the first code."""
    return _show_app(signed_in(), FirstCodeForm(formdata=None))


@people.post("/me/second-step/app/")
def turn_factor_on() -> Response:
    """Let the app count once it has shown a right code, and show the recovery codes, this once."""
    person = signed_in()
    require(may_set_app_up(person, steps_of(db.session, person)))
    require_fresh()
    form = FirstCodeForm()
    if not form.is_in_order():
        return _show_app(person, form, status=422)
    hold(FACTOR_TRIES, str(person.id))
    person = signed_in_still()
    require(may_set_app_up(person, steps_of(db.session, person)))
    if not is_first_right(db.session, person, form.code.data):
        form.code.errors = [_("This code is not right. Type the one your app shows now.")]
        return _show_app(person, form, status=422)
    take_back(db.session, FACTOR_TRIES, str(person.id))
    codes = turn_on(db.session, person)
    tell(db.session, person, "factor_set", "people.second_step")
    sign_in_afresh(person)
    db.session.commit()
    if codes:
        return _show_codes(codes)
    flash(_("Your app is set up."))
    return go_to(link("people.second_step"))


@people.post("/me/second-step/app/end/")
def end_factor_app() -> Response:
    """Take the app away from a second step that goes on with passkeys."""
    person = signed_in()
    require(may_end_app(person, steps_of(db.session, person)))
    require_fresh()
    person = signed_in_still()  # held: a passkey that is being removed elsewhere is no way to go on
    require(may_end_app(person, steps_of(db.session, person)))
    end_app(db.session, person)
    tell(db.session, person, "app_ended", "people.second_step")
    sign_in_afresh(person)
    db.session.commit()
    flash(_("The app is removed."))
    return go_to(link("people.second_step"))


@people.get("/me/second-step/codes/")
def recovery_codes() -> Response:
    """Lead back: codes are shown once, in answer to making them."""
    signed_in()
    return go_to(link("people.second_step"))


@people.post("/me/second-step/codes/")
def new_codes() -> Response:
    """Make new recovery codes; the old ones are worthless."""
    person = signed_in()
    require(may_renew_codes(person))
    require_fresh()
    person = signed_in_still()  # held: two who ask at once do not both get codes
    require(may_renew_codes(person))
    codes = renew_codes(db.session, person)
    audit.record(db.session, person, "factor.renewed", person)
    tell(db.session, person, "codes_renewed", "people.second_step")
    sign_in_afresh(person)
    db.session.commit()
    return _show_codes(codes)


@people.post("/me/second-step/end/")
def end_factor() -> Response:
    """Turn the second step off; whoever must have one sets it up anew at once."""
    person = signed_in()
    require(may_renew_codes(person))
    require_fresh()
    person = signed_in_still()  # held: two who ask at once do not both get codes
    require(may_renew_codes(person))
    turn_off(db.session, person, person)
    tell(db.session, person, "factor_ended", "people.second_step")
    sign_in_afresh(person)
    db.session.commit()
    return go_to(link("people.second_step"))


def _show_app(person: Person, form: FirstCodeForm, status: int = 200) -> Response:
    seed = None if steps_of(db.session, person).has_app else seed_of(db.session, person)
    if seed is None:
        return go_to(link("people.second_step"))
    picture = segno.make(address_of(person, seed), micro=False).svg_data_uri(
        scale=DOT, border=4, light="#fff"
    )
    letters = " ".join(seed[start : start + 4] for start in range(0, len(seed), 4))
    return show("people/second_step_app.html", status=status, form=form, picture=picture, letters=letters)


def _show_codes(codes: list[str]) -> Response:
    return show("people/recovery_codes.html", codes=codes)


declare("factor_set", _l("A second step protects your account now."))
declare("app_ended", _l("Your authenticator app is asked for no more."))
declare("codes_renewed", _l("You have new recovery codes."))
declare("factor_ended", _l("The second step of your account was turned off."))
