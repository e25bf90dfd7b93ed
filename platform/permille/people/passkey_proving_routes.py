"""Showing a passkey: as the second step of signing in, and once more before what matters."""

from flask import Response, abort, request

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.people.fairness import forgive_factor, hold_factor
from permille.people.forms import ShownForm
from permille.people.models import Person
from permille.people.opening import believe, complete
from permille.people.passkey_pages import asked, must_place
from permille.people.passkey_questions import ask_to_show
from permille.people.passkeys import is_shown
from permille.people.policy import may_show_passkey
from permille.people.presence import my_session, signed_in, waiting
from permille.people.proving_routes import next_page, show_again, show_second
from permille.people.routes import people
from permille.people.second_step import steps_of


@people.post("/sign-in/second/passkey/begin/")
def begin_second_by_passkey() -> Response:
    """Tell the browser's script which passkeys will do to finish signing in (5 statements)."""
    keep_private()
    row = waiting()
    if row is None:
        return go_to(link("people.sign_in", next=request.args.get("next")))
    require(may_show_passkey(row.person, steps_of(db.session, row.person)))
    question = ask_to_show(db.session, row.id, row.person, must_place())
    db.session.commit()
    return asked(question)


@people.post("/sign-in/second/passkey/")
def second_by_passkey() -> Response:
    """Finish signing in with a passkey."""
    keep_private()
    row = waiting()
    if row is None:
        return go_to(link("people.sign_in", next=request.args.get("next")))
    require(may_show_passkey(row.person, steps_of(db.session, row.person)))
    # Counted by session: a signature cannot be guessed, so whoever only knows the password locks nobody out.
    if not _is_theirs(row.id, row.person, f"session {row.id} arriving"):
        return show_second(row.person, problem=_problem(), status=422)
    complete(row)
    db.session.commit()
    return go_to(next_page())


@people.post("/me/again/passkey/begin/")
def begin_again_by_passkey() -> Response:
    """Tell the browser's script which passkeys will do to show that it is still the same person (5 statements)."""
    person, here = signed_in(), my_session() or abort(401)
    require(may_show_passkey(person, steps_of(db.session, person)))
    question = ask_to_show(db.session, here.id, person, must_place())
    db.session.commit()
    return asked(question)


@people.post("/me/again/passkey/")
def again_by_passkey() -> Response:
    """Believe for a quarter of an hour that it is still the same person, who has shown a passkey."""
    person, here = signed_in(), my_session() or abort(401)
    require(may_show_passkey(person, steps_of(db.session, person)))
    session_id = here.id
    if not _is_theirs(session_id, person, f"{person.id} here"):
        return show_again(person, problem=_problem(), status=422)
    believe(session_id)
    db.session.commit()
    return go_to(next_page())


def _is_theirs(session_id: int, person: Person, key: str) -> bool:
    hold_factor(key)
    form = ShownForm()
    answer = (form.credential.data or "") if form.is_in_order() else ""
    if not is_shown(db.session, session_id, person, must_place(), answer):
        audit.record(db.session, None, "session.refused", person, by="passkey")
        db.session.commit()
        return False
    forgive_factor(key)
    return True


def _problem() -> str:
    return _("This passkey was not accepted. Try again, or type a code.")
