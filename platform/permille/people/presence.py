"""Presence: who is looking. Rights are read per request, never kept."""

import functools
from typing import cast

from flask import Flask, Response, abort, current_app, g, redirect, request, session
from flask_login import LoginManager, current_user, logout_user
from sqlalchemy import Select, bindparam, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import contains_eager

from permille.foundation.clock import now
from permille.foundation.database import db, held, is_reading
from permille.foundation.hypermedia import wants_fragment
from permille.foundation.kept_forms import is_given_back
from permille.foundation.links import link, safe_path
from permille.foundation.security import keep_private
from permille.foundation.zones import show_zones
from permille.people.models import Affiliation, Person, SignedIn
from permille.people.models.sessions import SEEN_EVERY, digest_of
from permille.people.unsent import WHO, is_kept, keep_unsent, page_of_form, reader_key
from permille.people.words import kind_name, role_name, state_name

FACTOR_PAGES = (
    "people.second_step", "people.begin_factor", "people.second_step_app", "people.turn_factor_on",
    "people.new_passkey", "people.begin_passkey", "people.add_passkey", "people.again", "people.again_now",
)  # fmt: skip
"""What somebody who must set up a second step may use before; signing out asks nobody."""


class Visitor:
    """What flask-login keeps of a signed-in person: the session row and its person."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, row: SignedIn) -> None:
        self.token, self.row = token, row

    def get_id(self) -> str:
        """Return what the cookie carries: a random token, never a person's number."""
        return self.token


def know_people(app: Flask) -> None:
    """Teach the app who is signed in."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.jinja_env.globals.update(me=me, kind_name=kind_name, state_name=state_name, role_name=role_name)
    app.jinja_env.globals.update(
        was_signed_in=was_signed_in, is_kept=is_kept, is_given_back=is_given_back, reader_key=reader_key
    )
    show_zones(app, _zone)
    app.before_request(_hold_back)
    app.teardown_request(_note_presence)


@functools.cache
def _session_by_digest() -> Select[SignedIn, bool]:
    # Asked with every request, so built once, after every package has said what makes somebody privileged.
    return (
        select(SignedIn, SignedIn.privileged())
        .join(SignedIn.person)
        .where(SignedIn.digest == bindparam("digest"))
        .options(
            contains_eager(SignedIn.person)
            .joinedload(Person.affiliations)
            .joinedload(Affiliation.organisation)
        )
    )


def _load(token: str) -> Visitor | None:
    found = db.session.execute(_session_by_digest(), {"digest": digest_of(token)}).unique().one_or_none()
    if found is None:
        return None
    row, is_privileged = found
    if row.has_expired(privileged=is_privileged) or row.person.suspended_at:
        return None
    if row.waits:
        g.waiting = row
        return None
    g.lacks_factor = is_privileged and row.person.second_factor_at is None
    act_as(row.person)
    g.presence = (row.id, row.seen_at)  # noted after the answer, when the row itself may be gone
    return Visitor(token, row)


def act_as(person: Person) -> None:
    """Let the journal know who is acting."""
    g.actor = (person.id, str(person.role))


def me() -> Person | None:
    """Return the person who is looking, or None for a visitor."""
    if g.get("is_unwell") or not session.get("_user_id"):
        return None
    return cast(Person, current_user.row.person) if current_user.is_authenticated else None


def _zone() -> str:
    person = me()
    return person.zone if person else ""


def my_session() -> SignedIn | None:
    """Return the session row of the person who is looking."""
    return cast(SignedIn, current_user.row) if current_user.is_authenticated else None


def signed_in() -> Person:
    """Return the person who is looking; send a visitor to sign in and back."""
    keep_private()
    person = me() or abort(ask_to_sign_in())
    if must_set_up_factor() and request.endpoint not in FACTOR_PAGES:
        abort(lead_to("people.second_step"))
    return person


def signed_in_still() -> Person:
    """Return the person who is looking, read anew and held: for work that let go of the database (2 statements)."""
    token = session.get("_user_id", "")
    here = select(SignedIn.person_id).where(SignedIn.digest == digest_of(token)).scalar_subquery()
    person = db.session.scalar(held(select(Person).where(Person.id == here), Person))
    if person is None:
        logout_user()
        abort(ask_to_sign_in())
    return person


def must_set_up_factor() -> bool:
    """Whether whoever is looking has more rights than everyone, but no second step yet."""
    return bool(g.get("lacks_factor")) and not current_app.config["DEMONSTRATION"]


def require_fresh() -> None:
    """Stop what matters until whoever is looking has shown only just now that it is still them."""
    row = my_session()
    if row is not None and not row.is_fresh:
        abort(lead_to("people.again"))


def _hold_back() -> Response | None:
    # Also where a page asks only who is looking: nothing is written in the name of a bare password.
    if is_reading() or request.endpoint in (*FACTOR_PAGES, "people.sign_out") or me() is None:
        return None
    return lead_to("people.second_step") if must_set_up_factor() else None


def waiting() -> SignedIn | None:
    """Return the session of this browser that waits for its second step."""
    if me() is None and session.get("_user_id"):
        return cast(SignedIn | None, g.get("waiting"))
    return None


def ask_to_sign_in() -> Response:
    """Send a visitor to the sign-in page, or to its second step."""
    return lead_to("people.sign_in_second" if waiting() else "people.sign_in")


def lead_to(page: str) -> Response:
    """Send somebody to a page they must pass first; from there back to where they were, with what they had typed."""
    if request.method == "GET":
        here = safe_path(request.full_path.rstrip("?"))
    else:
        here = page_of_form()
        keep_unsent(here)
    target = link(page, next=here)
    if wants_fragment():
        return Response(status=401, headers={"HX-Redirect": target})
    return redirect(target, 302)  # type: ignore[return-value]


def was_signed_in() -> bool:
    """Whether somebody's session ended in this browser without their signing out."""
    return WHO in session and me() is None and waiting() is None


def _note_presence(_error: BaseException | None) -> None:
    # The one write a GET may cause, after the answer, dropped when the database is busy.
    row_id, seen_at = g.get("presence", (None, now()))
    if row_id is None or now() - seen_at < SEEN_EVERY:
        return
    db.session.rollback()
    try:
        with db.engine.execution_options(read_only=False).begin() as connection:
            connection.execute(update(SignedIn).where(SignedIn.id == row_id).values(seen_at=now()))
    except OperationalError:
        current_app.logger.info("presence not noted: the database is busy")
