"""Showing who one is: the second step of signing in, and once more before what matters."""

from flask import Response, abort, request
from sqlalchemy import update

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _l
from permille.foundation.limits import hold, take_back
from permille.foundation.links import link, safe_path
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.fairness import FACTOR_A_DAY, FACTOR_AN_HOUR, FACTOR_TRIES
from permille.people.forms import FactorForm, PresentForm
from permille.people.models import Person, SignedIn
from permille.people.opening import complete
from permille.people.password_routes import is_theirs
from permille.people.policy import may_read_own, may_sign_in
from permille.people.presence import me, my_session, signed_in, waiting
from permille.people.routes import people
from permille.people.second_step import codes_left, is_right

LIMITS = (FACTOR_TRIES, FACTOR_AN_HOUR, FACTOR_A_DAY)


@people.get("/sign-in/second/")
def sign_in_second() -> Response:
    """Ask for the second step."""
    keep_private()
    if waiting() is None:
        return go_to(_next() if me() else link("people.sign_in", next=request.args.get("next")))
    return show("people/sign_in_second.html", form=FactorForm())


@people.post("/sign-in/second/")
def sign_in_second_now() -> Response:
    """Finish signing in."""
    keep_private()
    row = waiting()
    if row is None:
        return go_to(link("people.sign_in", next=request.args.get("next")))
    require(may_sign_in(row.person))
    form = FactorForm()
    if not form.is_in_order() or not _is_theirs(form, row.person, f"{row.person_id} arriving"):
        return show("people/sign_in_second.html", status=422, form=form)
    complete(row)
    db.session.commit()
    return go_to(_next())


@people.get("/me/again/")
def again() -> Response:
    """Ask somebody who is signed in to show once more who they are."""
    return _show_again(signed_in())


@people.post("/me/again/")
def again_now() -> Response:
    """Believe for a quarter of an hour that it is still the same person."""
    person, here = signed_in(), my_session() or abort(401)
    require(may_read_own(person))
    require(_can_prove(person))
    session_id, form = here.id, FactorForm() if person.second_factor_at else PresentForm()
    if not form.is_in_order() or not _is_still(form, person):
        return _show_again(person, form, status=422)
    db.session.execute(update(SignedIn).where(SignedIn.id == session_id).values(proved_at=now()))
    db.session.commit()
    return go_to(_next())


def _show_again(person: Person, form: Form | None = None, status: int = 200) -> Response:
    asks = FactorForm if person.second_factor_at else PresentForm
    form = form or asks(formdata=None)
    return show("people/again.html", status=status, form=form, can=_can_prove(person))


def _can_prove(person: Person) -> bool:
    # Whoever signs in by mailed links only shows who they are by doing so again.
    return person.second_factor_at is not None or person.password_hash is not None


def _is_still(form: Form, person: Person) -> bool:
    if isinstance(form, FactorForm):
        return _is_theirs(form, person, f"{person.id} here")
    return is_theirs(person, form.present)


def _is_theirs(form: FactorForm, person: Person, key: str) -> bool:
    # Whoever only knows the password must not use up the tries of whoever is signed in.
    for limit in LIMITS:
        hold(limit, key)
    before = codes_left(db.session, person)
    if not is_right(db.session, person, form.code.data):
        audit.record(db.session, None, "session.refused", person, by="factor")
        db.session.commit()
        form.code.errors = [_("This code is not right, or it was used already. Wait for the next one.")]
        return False
    for limit in LIMITS:  # only failures count
        take_back(db.session, limit, key)
    left = codes_left(db.session, person)
    if left < before:
        tell(db.session, person, "factor_recovered", "people.second_step", left=left)
    return True


def _next() -> str:
    return safe_path(request.args.get("next")) or link("people.mine")


declare("factor_recovered", _l("A recovery code was used to sign in as you."))
