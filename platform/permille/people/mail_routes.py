"""Where a mail went, and sending it again without typing anything."""

import secrets

from flask import Response, flash, session

from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.people.fairness import hold_mails
from permille.people.letters import mail_new_address, mail_reset, mail_sign_in, mail_sign_up
from permille.people.policy import anyone_may
from permille.people.presence import me, signed_in
from permille.people.routes import people

BROWSER = "asked"
"""What the cookie keeps of the browser that asked for a link: the link works there and nowhere else."""

COOKIE = "mailed"


def note_mailed(what: str, to: str, lang: str = "", then: str | None = None) -> None:
    """Remember in this browser which mail was asked for, so that it can be sent again."""
    session[COOKIE] = {"what": what, "to": to, "lang": lang, "then": then}


def mailed_to() -> str:
    """Return the address the last mail from here went to."""
    return str(session.get(COOKIE, {}).get("to", ""))


def mail_code(email: str, lang: str, then: str | None) -> None:
    """Mail a link and a code that work in this browser only; the caller commits."""
    session[BROWSER] = secrets.token_urlsafe(24)
    mail_sign_in(db.session, email, lang, session[BROWSER], then)


@people.get("/mailed/")
def mailed() -> Response:
    """Say where a mail went, whether or not anybody is known there."""
    keep_private()
    return show("people/mailed.html", email=mailed_to(), form=Form())


@people.post("/mailed/")
def mail_again() -> Response:
    """Send the last mail again with a fresh link, within the same limits."""
    keep_private()
    require(anyone_may(me()))
    asked = session.get(COOKIE)
    if asked is None:
        return go_to(link("people.sign_in"))
    hold_mails(asked["to"])
    _send(**asked)
    db.session.commit()
    flash(_("Sent again. Use the newest mail."))
    return go_to(link("people.code" if asked["what"] == "sign_in" else "people.mailed"))


def _send(what: str, to: str, lang: str, then: str | None) -> None:
    if what == "sign_in":
        mail_code(to, lang, then)
    elif what == "reset":
        mail_reset(db.session, to, lang)
    elif what == "address":
        mail_new_address(db.session, signed_in(), to)
    else:
        mail_sign_up(db.session, to, lang)
