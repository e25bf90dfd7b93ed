"""Signing in by mail: a link for the browser that asked, and a code to type there instead."""

import hmac

from flask import Response, abort, request, session
from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.limits import address, hold
from permille.foundation.links import link, safe_path
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.people.fairness import CODES_FROM_ONE, hold_mails
from permille.people.forms import AddressForm, CodeForm
from permille.people.letters import code_digest
from permille.people.links import waiting_link
from permille.people.mail_routes import BROWSER, mail_code, mailed_to, note_mailed
from permille.people.models import MailedLink, Purpose
from permille.people.models.sessions import digest_of
from permille.people.opening import onward
from permille.people.opening import sign_in as open_session
from permille.people.policy import anyone_may, may_sign_in
from permille.people.presence import me
from permille.people.queries import person_held
from permille.people.routes import people
from permille.people.suspension import refuse_suspended

MOST_TRIES = 5


@people.get("/sign-in/mail/")
def ask_link() -> Response:
    """Ask which address the link should go to."""
    keep_private()
    return show("people/ask_link.html", form=AddressForm())


@people.post("/sign-in/mail/")
def ask_link_now() -> Response:
    """Mail a link and a code, and remember this browser as the one that asked."""
    keep_private()
    require(anyone_may(me()))
    form = AddressForm()
    if not form.is_in_order():
        return show("people/ask_link.html", status=422, form=form)
    email = form.email.data
    hold_mails(email)
    then = safe_path(request.args.get("next"))
    mail_code(email, language(), then)
    db.session.commit()
    note_mailed("sign_in", email, language(), then)
    return go_to(link("people.code"))


@people.get("/sign-in/code/")
def code() -> Response:
    """Say where the mail went, and take its code."""
    keep_private()
    if BROWSER not in session:
        return go_to(link("people.ask_link"))
    return show("people/code.html", form=CodeForm(), email=mailed_to())


@people.post("/sign-in/code/")
def code_now() -> Response:
    """Sign in with the code; after five tries it is worth nothing."""
    keep_private()
    require(anyone_may(me()))
    form = CodeForm()
    if not form.is_in_order():
        return show("people/code.html", status=422, form=form, email=mailed_to())
    hold(CODES_FROM_ONE, address())
    row = _row_of_code(form.code.data)
    if row is None:
        audit.record(db.session, None, "session.refused", by="code")
        db.session.commit()
        # One answer for a wrong code, an old one and an unknown address: the page never tells which.
        form.code.errors = [
            _("This code is not right, or it is too old. You have five tries; then ask for a new mail.")
        ]
        return show("people/code.html", status=422, form=form, email=mailed_to())
    return _open(row)


@people.get("/sign-in/link/")
def sign_in_by_link() -> Response:
    """Show the button that signs in; a mail scanner that opens the link changes nothing."""
    row = waiting_link(Purpose.SIGN_IN) or abort(410)
    return show("people/sign_in_by_link.html", form=Form(), is_here=may_open_here(row))


@people.post("/sign-in/link/")
def sign_in_by_link_now() -> Response:
    """Sign in, in the browser that asked and in no other."""
    row = waiting_link(Purpose.SIGN_IN) or abort(410)
    require(may_open_here(row))
    return _open(row)


def may_open_here(row: MailedLink) -> bool:
    """Only the browser that asked for a link may sign in with it."""
    browser = session.get(BROWSER)
    return (
        browser is not None
        and row.bound_to is not None
        and hmac.compare_digest(row.bound_to, digest_of(browser))
    )


def _row_of_code(code: str) -> MailedLink | None:
    browser = session.get(BROWSER, "")
    row = db.session.scalar(
        select(MailedLink)
        .where(MailedLink.bound_to == digest_of(browser), MailedLink.purpose == Purpose.SIGN_IN)
        .order_by(MailedLink.id.desc())
        .limit(1)
        .with_for_update()
    )
    if row is None or not row.is_usable or row.code_tries >= MOST_TRIES:
        return None
    row.code_tries += 1
    if row.code_digest is not None and hmac.compare_digest(row.code_digest, code_digest(code, browser)):
        return row
    db.session.commit()  # the try counts, whatever happens to the answer
    return None


def _open(row: MailedLink) -> Response:
    person = person_held(db.session, row.person_id) or abort(410)  # a second step set up meanwhile counts
    then = safe_path(row.payload.get("then"))
    refuse_suspended(person)
    require(may_sign_in(person))
    row.use()
    person.confirm()
    open_session(person)
    db.session.commit()
    return go_to(onward(then or link("people.mine")))
