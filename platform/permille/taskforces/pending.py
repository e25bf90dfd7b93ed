"""Pending joins of visitors: what this browser has sent, so that it can say so and send the mail again."""

from flask import Response, flash, session
from sqlalchemy import select

from permille.foundation.database import db, held
from permille.foundation.hypermedia import go_to
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.objectives.models import Objective
from permille.people.models import MailedLink, Purpose

COOKIE = "pending"


def note_pending(objective: Objective, row: MailedLink) -> None:
    """Remember what was sent from here: the digest of a link finds its record and opens nothing."""
    session[COOKIE] = {"code": objective.code, "to": row.email, "link": row.digest.hex()}


def is_pending(objective: Objective) -> bool:
    """Whether a join for this task force was sent from this browser."""
    return bool(session.get(COOKIE, {}).get("code") == objective.code)


def sent_to() -> str:
    """Return the address the last join from here was sent to."""
    return str(session.get(COOKIE, {}).get("to", ""))


def pending_link(objective: Objective) -> MailedLink | None:
    """Find the link that waits in the visitor's mailbox, and hold it (1 statement)."""
    if not is_pending(objective):
        return None
    digest = bytes.fromhex(session[COOKIE]["link"])
    row = db.session.scalar(held(select(MailedLink).where(MailedLink.digest == digest), MailedLink))
    return row if row is not None and row.is_usable and row.purpose == Purpose.JOIN else None


def go_to_sent(objective: Objective) -> Response:
    """Say that it was sent already, and where the link went."""
    flash(_("You have sent this already. Look in your mail."))
    return go_to(link("taskforces.sent", code=objective.slug))
