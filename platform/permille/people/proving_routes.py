"""Showing who one is: the second step of signing in, and once more before what matters."""

from typing import Any

from flask import Response, abort, request

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _l
from permille.foundation.links import link, safe_path
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.fairness import forgive_factor, hold_factor
from permille.people.forms import FactorForm, PresentForm, RecoveryForm, ShownForm
from permille.people.models import Person, Steps
from permille.people.opening import believe, complete
from permille.people.passkey_pages import better_address, place_here
from permille.people.password_routes import is_theirs
from permille.people.policy import may_read_own, may_sign_in
from permille.people.presence import me, my_session, signed_in, waiting
from permille.people.routes import people
from permille.people.second_step import codes_left, is_right, steps_of

CodeForm = FactorForm | RecoveryForm


@people.get("/sign-in/second/")
def sign_in_second() -> Response:
    """Ask for the second step."""
    keep_private()
    row = waiting()
    if row is None:
        return go_to(next_page() if me() else link("people.sign_in", next=request.args.get("next")))
    return show_second(row.person)


@people.post("/sign-in/second/")
def sign_in_second_now() -> Response:
    """Finish signing in."""
    keep_private()
    row = waiting()
    if row is None:
        return go_to(link("people.sign_in", next=request.args.get("next")))
    require(may_sign_in(row.person))
    form = _code_form(steps_of(db.session, row.person))()
    if not form.is_in_order() or not _is_theirs(form, row.person, f"{row.person_id} arriving"):
        return show_second(row.person, form, status=422)
    complete(row)
    db.session.commit()
    return go_to(next_page())


@people.get("/me/again/")
def again() -> Response:
    """Ask somebody who is signed in to show once more who they are."""
    return show_again(signed_in())


@people.post("/me/again/")
def again_now() -> Response:
    """Believe for a quarter of an hour that it is still the same person."""
    person, here = signed_in(), my_session() or abort(401)
    require(may_read_own(person))
    require(_can_prove(person))
    session_id, form = here.id, _asks(person, steps_of(db.session, person))()
    if not form.is_in_order() or not _is_still(form, person):
        return show_again(person, form, status=422)
    believe(session_id)
    db.session.commit()
    return go_to(next_page())


def show_second(
    person: Person, form: Form | None = None, *, problem: str = "", status: int = 200
) -> Response:
    """Show the page that asks for the second step; `problem` says what was wrong with a passkey (1 statement)."""
    steps = steps_of(db.session, person)
    return _show(
        "people/sign_in_second.html", status, steps, form or _code_form(steps)(formdata=None), problem
    )


def show_again(person: Person, form: Form | None = None, *, problem: str = "", status: int = 200) -> Response:
    """Show the page that asks once more who somebody is; `problem` as in `show_second` (1 statement)."""
    steps = steps_of(db.session, person)
    form = form or _asks(person, steps)(formdata=None)
    return _show("people/again.html", status, steps, form, problem, can=_can_prove(person))


def _show(page: str, status: int, steps: Steps, form: Form, problem: str, **more: Any) -> Response:
    if problem:
        form.form_errors = [problem]
    return show(
        page, status=status, form=form, steps=steps, key=ShownForm(formdata=None),
        place=place_here(), address=better_address(), **more,
    )  # fmt: skip


def _asks(person: Person, steps: Steps) -> type[Form]:
    return _code_form(steps) if person.second_factor_at else PresentForm


def _code_form(steps: Steps) -> type[CodeForm]:
    return FactorForm if steps.has_app else RecoveryForm


def _can_prove(person: Person) -> bool:
    # Whoever signs in by mailed links only shows who they are by doing so again.
    return person.second_factor_at is not None or person.password_hash is not None


def _is_still(form: Form, person: Person) -> bool:
    if isinstance(form, CodeForm):
        return _is_theirs(form, person, f"{person.id} here")
    return is_theirs(person, form.present)


def _is_theirs(form: CodeForm, person: Person, key: str) -> bool:
    # Whoever only knows the password must not use up the tries of whoever is signed in.
    hold_factor(key)
    before = codes_left(db.session, person)
    if not is_right(db.session, person, form.code.data):
        audit.record(db.session, None, "session.refused", person, by="factor")
        db.session.commit()
        form.code.errors = [_("This code is not right, or it was used already. Wait for the next one.")]
        return False
    forgive_factor(key)
    left = codes_left(db.session, person)
    if left < before:
        tell(db.session, person, "factor_recovered", "people.second_step", left=left)
    return True


def next_page() -> str:
    """Return the page somebody was on their way to, else their own."""
    return safe_path(request.args.get("next")) or link("people.mine")


declare("factor_recovered", _l("A recovery code was used to sign in as you."))
