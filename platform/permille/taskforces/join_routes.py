"""Joining a task force: three questions, check your answers, send. A visitor says last who they are."""

from datetime import timedelta
from typing import Any

from flask import Response, abort, flash, session
from sqlalchemy.exc import IntegrityError

from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.limits import Limit, address, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.people.claims import recognise
from permille.people.links import spend, waiting_link
from permille.people.models import Person, Purpose
from permille.people.presence import me, sign_in
from permille.taskforces.drafts import find_draft, keep_draft
from permille.taskforces.forms import IdentityForm, JoinForm
from permille.taskforces.joining import ask_visitor, confirm_visitor
from permille.taskforces.joining import join as join_now
from permille.taskforces.models import Membership
from permille.taskforces.policy import RoleState, may_join, office_state
from permille.taskforces.queries import membership_of
from permille.taskforces.routes import objective_or_404, taskforces

ASKING = Limit("join", 60, timedelta(hours=1))
MAILS_TO_ONE = Limit("join-mail", 5, timedelta(days=1))


def _membership(person: Person | None, objective_id: int) -> Membership | None:
    return membership_of(db.session, objective_id, person.id) if person else None


@taskforces.get("/objectives/<code>/join/")
def join(code: str) -> Response:
    """Show the join form, with every role's state for this person."""
    from flask import request

    keep_private()
    objective, person = objective_or_404(code), me()
    if _membership(person, objective.id):
        return go_to(link("taskforces.page", code=code))
    draft = find_draft(db.session, person, objective)
    asked = request.args.get("role")
    form = JoinForm(
        role=asked if asked in ("leader", "representative") else "member" if draft else None,
        contribution=draft.contribution if draft else None,
    )
    return show(
        "taskforces/join.html",
        objective=objective,
        form=form,
        office=office_state(person),
        has_draft=draft is not None,
    )


@taskforces.post("/objectives/<code>/join/")
def join_answers(code: str) -> Response:
    """Keep the answers and go on: to the e-mail step, to the check, or to the ways on for an office."""
    from flask import request

    keep_private()
    objective, person = objective_or_404(code), me()
    require(may_join(person, _membership(person, objective.id)))
    hold(ASKING, f"person-{person.id}" if person else address())
    form, state = JoinForm(), office_state(person)
    context: dict[str, Any] = {"objective": objective, "form": form, "office": state, "has_draft": False}
    is_in_order = form.is_in_order()
    if "save" in request.form:
        keep_draft(db.session, person, objective, form.contribution.data or "")
        db.session.commit()
        flash(_("Saved. You can finish later: your answers will be here."))
        return go_to(link("taskforces.join", code=code))
    if not is_in_order:
        return show("taskforces/join.html", fragment="taskforces/_join.html", status=422, **context)
    if form.role.data != "member":
        status = 409 if state is RoleState.OPEN else 422
        return show("taskforces/office.html", status=status, role=form.role.data, **context)
    keep_draft(db.session, person, objective, form.contribution.data)
    db.session.commit()
    return go_to(link("taskforces.check" if person else "taskforces.identity", code=code))


@taskforces.get("/objectives/<code>/join/email/")
def identity(code: str) -> Response:
    """Ask a visitor who they are."""
    keep_private()
    objective, person = objective_or_404(code), me()
    draft = find_draft(db.session, person, objective)
    if draft is None or person is not None:
        return go_to(link("taskforces.check" if draft else "taskforces.join", code=code))
    return show("taskforces/identity.html", objective=objective, form=IdentityForm(data=draft.identity))


@taskforces.post("/objectives/<code>/join/email/")
def identity_answers(code: str) -> Response:
    """Keep who they are and go on to the check."""
    keep_private()
    objective, person = objective_or_404(code), me()
    require(may_join(person, _membership(person, objective.id)))
    draft = find_draft(db.session, person, objective)
    if draft is None or person is not None:
        return go_to(link("taskforces.join", code=code))
    form = IdentityForm()
    if not form.is_in_order():
        return show("taskforces/identity.html", status=422, objective=objective, form=form)
    draft.identity = {
        "email": form.email.data.lower(),
        "name": form.name.data,
        "organisation": form.organisation.data or "",
        "country": form.country.data,
    }
    db.session.commit()
    return go_to(link("taskforces.check", code=code))


@taskforces.get("/objectives/<code>/join/check/")
def check(code: str) -> Response:
    """Show the answers before they are sent."""
    keep_private()
    objective, person = objective_or_404(code), me()
    draft = find_draft(db.session, person, objective)
    if draft is None:
        return go_to(link("taskforces.join", code=code))
    if person is None and not draft.identity:
        return go_to(link("taskforces.identity", code=code))
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
    if _membership(person, objective.id):  # sent twice: the first one counted
        return go_to(link("taskforces.page", code=code))
    draft = find_draft(db.session, person, objective)
    if draft is None or (person is None and not draft.identity):
        return go_to(link("taskforces.join", code=code))
    if person is None:
        hold(MAILS_TO_ONE, draft.identity["email"])
        session["sent_to"] = draft.identity["email"]
        ask_visitor(db.session, objective, draft, language())
        db.session.commit()
        return go_to(link("taskforces.sent", code=code))
    join_now(db.session, person, objective, draft.contribution)
    db.session.commit()
    flash(_("Welcome. You are now a Team Member of Task Force %(code)s.", code=objective.code))
    return go_to(link("taskforces.page", code=code))


@taskforces.get("/objectives/<code>/join/sent/")
def sent(code: str) -> Response:
    """Say where the link went."""
    keep_private()
    return show("taskforces/sent.html", objective=objective_or_404(code), email=session.get("sent_to", ""))


@taskforces.get("/join/confirm/")
def confirm(**_values: str) -> Response:
    """Show the button that confirms; a mail scanner that opens the link changes nothing."""
    row = waiting_link(Purpose.JOIN) or abort(410)
    return show(
        "taskforces/confirm.html",
        row=row,
        objective=objective_or_404(row.payload["objective"].lower()),
        form=Form(),
    )


@taskforces.post("/join/confirm/")
def confirm_now(**_values: str) -> Response:
    """Confirm the address and join."""
    require(may_join(me(), None))
    row = waiting_link(Purpose.JOIN) or abort(410)
    try:
        person, objective = confirm_visitor(db.session, row)
    except IntegrityError:  # the same link pressed twice at once
        db.session.rollback()
        return go_to(link("people.sign_in"))
    spend()
    sign_in(person)
    db.session.commit()
    flash(_("Welcome. You are now a Team Member of Task Force %(code)s.", code=objective.code))
    return go_to(link("taskforces.page", code=objective.slug, lang=language()))
