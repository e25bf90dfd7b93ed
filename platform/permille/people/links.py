"""Following a mailed link: the token leaves the address at once, and only a pressed button spends it."""

from flask import Response, abort, g, session
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from permille.foundation.database import db, held
from permille.foundation.hypermedia import go_to
from permille.foundation.links import link
from permille.foundation.security import keep_private
from permille.people.models import MailedLink, Purpose
from permille.people.models.sessions import digest_of

PAGES = {
    Purpose.CONFIRM: "people.confirm",
    Purpose.SIGN_IN: "people.sign_in_by_link",
    Purpose.RESET: "people.reset",
    Purpose.CHANGE_ADDRESS: "people.change_address_confirm",
    Purpose.INVITATION: "people.accept_invitation",
    Purpose.JOIN: "taskforces.confirm",
    Purpose.WATCH: "vacancies.confirm_watch",
    Purpose.CONSULTATION: "consultations.reply",
}
"""The page each purpose leads to; a package above names its own by its address only."""

COOKIE = "link"


def open_link(token: str) -> Response:
    """Take the token out of the address and go to the page that acts on it."""
    keep_private()
    g.no_referrer = True
    row = _find(token)
    if row is None or not row.is_usable:
        abort(410)
    session[COOKIE] = token
    return go_to(link(PAGES[row.purpose]))


def waiting_link(purpose: Purpose) -> MailedLink | None:
    """Return the link this browser followed, if it is usable and for this purpose."""
    keep_private()
    token = session.get(COOKIE)
    row = _find(token) if token else None
    return row if row is not None and row.is_usable and row.purpose == purpose else None


def spend() -> None:
    """Forget the token once it has been used."""
    session.pop(COOKIE, None)


def _find(token: str) -> MailedLink | None:
    query = (
        select(MailedLink).where(MailedLink.digest == digest_of(token)).options(joinedload(MailedLink.person))
    )
    return db.session.scalar(held(query, MailedLink))
