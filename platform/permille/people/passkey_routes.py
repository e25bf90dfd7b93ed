"""One's own passkeys: adding one, and removing one."""

from flask import Response, abort, current_app, flash

from permille.foundation.database import LARGEST_ID, db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _l
from permille.foundation.limits import hold, take_back
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.fairness import FACTOR_TRIES
from permille.people.forms import PasskeyForm
from permille.people.models import Passkey, Person
from permille.people.opening import sign_in_afresh
from permille.people.passkey_pages import asked, better_address, must_place, place_here
from permille.people.passkey_questions import ask_to_add
from permille.people.passkeys import add, passkey_of, remove
from permille.people.policy import may_add_passkey, may_remove_passkey
from permille.people.presence import my_session, require_fresh, signed_in, signed_in_still
from permille.people.queries import is_privileged
from permille.people.routes import people
from permille.people.second_step import steps_of, turn_off, turn_on


@people.get("/me/second-step/passkeys/new/")
def new_passkey() -> Response:
    """Ask for a name, and offer to make a passkey (1 statement)."""
    person = signed_in()
    require(may_add_passkey(person, steps_of(db.session, person)))
    require_fresh()
    return _show_new(PasskeyForm())


@people.post("/me/second-step/passkeys/begin/")
def begin_passkey() -> Response:
    """Tell the browser's script what to make a passkey for (5 statements)."""
    person, here = signed_in(), my_session() or abort(401)
    require(may_add_passkey(person, steps_of(db.session, person)))
    require_fresh()
    question = ask_to_add(db.session, here.id, person, must_place())
    db.session.commit()
    return asked(question)


@people.post("/me/second-step/passkeys/new/")
def add_passkey() -> Response:
    """Add the passkey the browser has made; the first second step shows the recovery codes, this once."""
    person, here = signed_in(), my_session() or abort(401)
    require(may_add_passkey(person, steps_of(db.session, person)))
    require_fresh()
    session_id, form = here.id, PasskeyForm()
    if not form.is_in_order():
        return _show_new(form, status=422)
    hold(FACTOR_TRIES, str(person.id))
    person = signed_in_still()  # held: the codes of a first second step are made once
    require(may_add_passkey(person, steps_of(db.session, person)))
    one = add(db.session, session_id, person, must_place(), form.name.data, form.credential.data)
    if one is None:
        db.session.commit()  # what was asked is spent
        form.name.errors = [_("The passkey could not be added. Please try again.")]
        return _show_new(form, status=422)
    take_back(db.session, FACTOR_TRIES, str(person.id))
    codes = turn_on(db.session, person) if person.second_factor_at is None else []
    tell(db.session, person, "passkey_added", "people.second_step", name_of_key=one.name)
    sign_in_afresh(person)
    db.session.commit()
    if codes:
        return show("people/recovery_codes.html", codes=codes)
    flash(_("The passkey is added."))
    return go_to(link("people.second_step"))


@people.get("/me/second-step/passkeys/<int:passkey_id>/remove/")
def ask_to_remove_passkey(passkey_id: int) -> Response:
    """Ask before a passkey is removed, and say what it means (3 statements)."""
    person = signed_in()
    one, steps = _find(person, passkey_id), steps_of(db.session, person)
    may_go = may_remove_passkey(person, steps, is_compulsory=_must_have(person))
    is_last = not steps.has_app and steps.passkeys == 1
    return show("people/remove_passkey.html", one=one, is_last=is_last, may_go=may_go, form=Form())


@people.post("/me/second-step/passkeys/<int:passkey_id>/remove/")
def remove_passkey(passkey_id: int) -> Response:
    """Remove a passkey; with the last one, and no app, the second step ends."""
    _find(signed_in(), passkey_id)
    require_fresh()
    person = signed_in_still()  # held: of two that are removed at once, one is the last
    one, steps = _find(person, passkey_id), steps_of(db.session, person)
    require(may_remove_passkey(person, steps, is_compulsory=_must_have(person)))
    if steps.has_app or steps.passkeys > 1:
        remove(db.session, person, one)
        tell(db.session, person, "passkey_removed", "people.second_step", name_of_key=one.name)
    else:
        turn_off(db.session, person, person)
        tell(db.session, person, "factor_ended", "people.second_step")
    sign_in_afresh(person)
    db.session.commit()
    flash(_("The passkey is removed."))
    return go_to(link("people.second_step"))


def _find(person: Person, passkey_id: int) -> Passkey:
    found = passkey_of(db.session, person, passkey_id) if passkey_id <= LARGEST_ID else None
    return found or abort(404)


def _must_have(person: Person) -> bool:
    return is_privileged(db.session, person) and not current_app.config["DEMONSTRATION"]


def _show_new(form: PasskeyForm, status: int = 200) -> Response:
    return show(
        "people/new_passkey.html", status=status, form=form, place=place_here(), address=better_address()
    )


declare("passkey_added", _l("The passkey “%(name_of_key)s” was added to your account."), "name_of_key")
declare("passkey_removed", _l("The passkey “%(name_of_key)s” was removed from your account."), "name_of_key")
