"""Unsent work: what somebody had typed when their session ended waits for them, and for nobody else."""

import hmac
from collections.abc import Callable
from typing import Any

from flask import current_app, request, session

from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.kept_forms import COOKIE, keep_form, kept_for
from permille.foundation.links import own_path, safe_path
from permille.people.models import Person

WHO = "who"
"""What the cookie keeps of whoever signed in last: a name that tells nothing."""

_welcomes: dict[str, Callable[[Person], None]] = {}


def on_arrival(name: str, welcome: Callable[[Person], None]) -> None:
    """Let a package above look after what a visitor did before they sign in: `welcome(person)`.

    `name` is the part of the cookie by which it knows them.
    """
    _welcomes[name] = welcome


def keep_unsent(page: str | None) -> None:
    """Keep the form that was refused because its session had ended; it is shown on `page` again."""
    db.session.rollback()  # nothing else of a refused request may stay
    if WHO in session:
        keep_form(db.session, session[WHO], page or request.path, Form.secret)


def bring_unsent(person: Person) -> dict[str, Any]:
    """Return what a new session starts with: whose it is, and what they had not sent. The caller commits."""
    db.session.flush()
    who = key_of(person)
    if session.get(WHO, who) == who:
        for welcome in _welcomes.values():
            welcome(person)
    return {WHO: who, **(kept_for(db.session, who) or {})}


def carry_unsent(person: Person) -> dict[str, Any]:
    """Return what a session starts with that still waits for its second step: all of it stays as it is (1 statement)."""
    who = key_of(person)
    theirs = _welcomes if session.get(WHO, who) == who else {}
    left = {name: session[name] for name in theirs if name in session}
    return {WHO: who, **left, **(kept_for(db.session, who) or {})}


def page_of_form() -> str | None:
    """Return the page a form was sent from: the one that names itself, else the one at the same address."""
    pages = current_app.create_url_adapter(request)
    for page in (own_path(request.referrer), safe_path(request.path)):
        if page and pages and pages.test(page.partition("?")[0], "GET"):
            return page
    return None


def is_kept() -> bool:
    """Whether what somebody typed waits for them to sign in again."""
    return COOKIE in session


def reader_key() -> str:
    """Return a name for the reader that tells nothing: their device keeps what they type under it."""
    return str(session.get(WHO, ""))[:12]


def key_of(person: Person) -> str:
    """Return the name under which a person's unsent work is kept: the same every time, and it tells nothing."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, f"person {person.id}".encode(), "sha256").hex()
