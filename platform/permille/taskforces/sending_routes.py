"""Checking the answers of a join form, sending them, and sending the mail again."""

from datetime import timedelta

from flask import Response, flash

from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.limits import Limit, hold, take_back
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.objectives.models import Objective
from permille.people.claims import recognise
from permille.people.models import Person
from permille.people.presence import me
from permille.taskforces.drafts import find_draft, hold_draft
from permille.taskforces.join_routes import find_kept_out, membership_in, refuse_kept_out
from permille.taskforces.joining import ask_visitor, ask_visitor_again
from permille.taskforces.joining import join as join_now
from permille.taskforces.keeping_out import StaysOut
from permille.taskforces.models import JoinDraft
from permille.taskforces.pending import go_to_sent, is_pending, note_pending, pending_link, sent_to
from permille.taskforces.policy import may_join
from permille.taskforces.routes import objective_or_404, taskforces

MAILS_TO_ONE = Limit("join-mail", 5, timedelta(days=1))


@taskforces.get("/objectives/<code>/join/check/")
def check(code: str) -> Response:
    """Show the answers before they are sent."""
    keep_private()
    objective, person = objective_or_404(code), me()
    draft = find_draft(db.session, person, objective)
    if draft is None or not _is_complete(draft, person):
        return _lead_on(objective, person, draft)
    known = None
    if person is None and draft.identity["organisation"]:
        known = recognise(db.session, draft.identity["organisation"], draft.identity["country"])
    return show(
        "taskforces/check.html", objective=objective, draft=draft, person=person, known=known, form=Form()
    )


@taskforces.post("/objectives/<code>/join/check/")
def send(code: str) -> Response:
    """Send: a person is in at once, a visitor gets a mail with a link."""
    keep_private()
    objective, person = objective_or_404(code), me()
    require(may_join(person, None))
    draft = hold_draft(db.session, person, objective)
    if draft is None or not _is_complete(draft, person):
        return _lead_on(objective, person, draft)
    if person is None:
        return _mail(objective, draft.identity["email"])
    try:
        join_now(db.session, person, objective, draft.contribution)
    except StaysOut:
        return refuse_kept_out(objective, find_kept_out(person, objective), status=409)
    db.session.commit()
    flash(_("Welcome. You are now a Team Member of Task Force %(code)s.", code=objective.code))
    return go_to(link("taskforces.page", code=code))


def _mail(objective: Objective, email: str) -> Response:
    hold(MAILS_TO_ONE, email)
    draft = hold_draft(db.session, None, objective)  # held after counting, which ends the transaction
    if draft is None:  # another tab was faster: it has sent the mail
        take_back(db.session, MAILS_TO_ONE, email)
    else:
        note_pending(objective, ask_visitor(db.session, objective, draft, language()))
    db.session.commit()
    return go_to(link("taskforces.sent", code=objective.slug))


def _is_complete(draft: JoinDraft, person: Person | None) -> bool:
    return draft.is_ready and (person is not None or draft.is_signed)


def _lead_on(objective: Objective, person: Person | None, draft: JoinDraft | None) -> Response:
    """Lead to the step that is missing, or say that it was done."""
    if membership_in(person, objective.id):
        flash(_("You are already a Team Member of Task Force %(code)s.", code=objective.code))
        return go_to(link("taskforces.page", code=objective.slug))
    if draft is None and person is None and is_pending(objective):
        return go_to_sent(objective)
    is_next = draft is not None and draft.is_ready
    return go_to(link("taskforces.identity" if is_next else "taskforces.join", code=objective.slug))


@taskforces.get("/objectives/<code>/join/sent/")
def sent(code: str) -> Response:
    """Say where the link went."""
    keep_private()
    objective = objective_or_404(code)
    email = sent_to() if is_pending(objective) else ""
    return show("taskforces/sent.html", objective=objective, email=email, form=Form())


@taskforces.post("/objectives/<code>/join/sent/")
def send_again(code: str) -> Response:
    """Mail a fresh link for the same answers; the one before is worth nothing then."""
    keep_private()
    objective = objective_or_404(code)
    require(may_join(me(), None))
    row = pending_link(objective)
    if row is None:
        flash(_("There is nothing left to send: the link has been used or is too old."), "bad")
        return go_to(link("taskforces.join", code=code))
    db.session.rollback()  # the count is committed on its own
    hold(MAILS_TO_ONE, row.email)
    row = pending_link(objective)
    if row is not None:
        note_pending(objective, ask_visitor_again(db.session, objective, row))
    db.session.commit()
    flash(_("Sent again. Use the newest mail."))
    return go_to(link("taskforces.sent", code=code))
