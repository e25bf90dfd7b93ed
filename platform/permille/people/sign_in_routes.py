"""Signing in and out."""

import math
from datetime import timedelta

from flask import Response, flash, request
from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.database import db, held
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _n, language
from permille.foundation.limits import Limit, address, hold, reached, take_back
from permille.foundation.links import link, safe_path
from permille.foundation.permissions import require
from permille.foundation.security import forget_this_reader, keep_private
from permille.people.fairness import hold_mails
from permille.people.forms import SignInForm
from permille.people.letters import mail_password_link
from permille.people.mail_routes import note_mailed
from permille.people.models import Person
from permille.people.opening import onward
from permille.people.opening import sign_in as open_session
from permille.people.opening import sign_out as close_session
from permille.people.passwords import matches, shortest
from permille.people.policy import anyone_may, may_sign_in
from permille.people.presence import me
from permille.people.queries import is_privileged
from permille.people.routes import people
from permille.people.suspension import refuse_suspended

BY_ADDRESS = Limit("sign-in-address", 100, timedelta(minutes=5))
BY_ACCOUNT = Limit("sign-in-account", 5, timedelta(minutes=30))


@people.get("/sign-in/")
def sign_in() -> Response:
    """Show the sign-in form."""
    keep_private()
    if me():
        return go_to(_next())
    return show("people/sign_in.html", form=SignInForm())


@people.post("/sign-in/")
def sign_in_now() -> Response:
    """Sign in with a password."""
    keep_private()
    require(anyone_may(me()))
    hold(BY_ADDRESS, address())
    form = SignInForm()
    if not form.is_in_order():
        return show("people/sign_in.html", status=422, form=form)
    email = form.email.data
    if reached(db.session, BY_ACCOUNT, email):
        return _wait(form)
    known = db.session.scalar(select(Person.password_hash).where(Person.email == email))
    if not matches(known, form.password.data or ""):
        return _refuse(form, email)
    take_back(db.session, BY_ACCOUNT, email)  # only failures count
    db.session.commit()
    person = _who_has(email, known)
    if person is None:
        return _refuse(form, email)
    refuse_suspended(person)
    require(may_sign_in(person))
    fewest = shortest(privileged=is_privileged(db.session, person))
    if len(form.password.data or "") < fewest:  # an older one, from before a role or an office was given
        return _ask_for_longer(person, fewest)
    open_session(person)
    db.session.commit()
    return go_to(onward(_next()))


def _who_has(email: str, known: str | None) -> Person | None:
    """Find and hold the account, unless its password was changed while the one typed was checked."""
    theirs = select(Person).where(Person.email == email, Person.password_hash == known)
    return db.session.scalar(held(theirs, Person))


def _ask_for_longer(person: Person, fewest: int) -> Response:
    hold_mails(person.email)
    mail_password_link(db.session, person)
    db.session.commit()
    note_mailed("reset", person.email, language())
    flash(
        _(
            "Your role needs a longer password, of at least %(n)s characters. Follow the link in the mail.",
            n=fewest,
        )
    )
    return go_to(link("people.mailed"))


def _refuse(form: SignInForm, email: str) -> Response:
    _note_refusal(email)
    form.password.errors = [
        _("The e-mail address or the password is not right. You can also ask for a link by e-mail.")
    ]
    return show("people/sign_in.html", status=422, form=form)


@people.post("/sign-out/")
def sign_out() -> Response:
    """End this session for good."""
    keep_private()
    require(anyone_may(me()))
    close_session()
    db.session.commit()
    return forget_this_reader(go_to(link("portals.home")), "cache", "cookies", "storage")


def _note_refusal(email: str) -> None:
    # The same work for a known and an unknown address: how long it takes must not tell which it is.
    person = db.session.scalar(select(Person).where(Person.email == email))
    audit.record(db.session, None, "session.refused", person, by="password")
    db.session.commit()


def _wait(form: SignInForm) -> Response:
    minutes = math.ceil(BY_ACCOUNT.rest / 60)
    form.password.errors = [
        _n(
            "Too many tries with a wrong password. Wait %(n)s minute, or get a link by e-mail now.",
            "Too many tries with a wrong password. Wait %(n)s minutes, or get a link by e-mail now.",
            minutes,
        )
    ]
    response = show("people/sign_in.html", status=429, form=form)
    response.headers["Retry-After"] = str(BY_ACCOUNT.rest)
    return response


def _next() -> str:
    return safe_path(request.args.get("next")) or link("people.mine")
