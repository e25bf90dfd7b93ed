"""Joining a task force: two questions, and for a visitor who they are. Checking and sending have their own file."""

from datetime import timedelta
from typing import Any

from flask import Response, flash, request

from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.limits import Limit, address, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.objectives.models import Objective
from permille.people.consent import consent_version
from permille.people.models import Person
from permille.people.presence import me
from permille.taskforces.drafts import find_draft, hold_draft, keep_draft
from permille.taskforces.forms import IdentityForm, JoinForm
from permille.taskforces.keeping_out import KeptOut, kept_out
from permille.taskforces.models import JoinDraft, Membership, Office
from permille.taskforces.pending import go_to_sent, is_pending
from permille.taskforces.policy import RoleState, may_join
from permille.taskforces.queries import membership_of
from permille.taskforces.roles import offices_for
from permille.taskforces.routes import objective_or_404, taskforces

ASKING = Limit("join", 60, timedelta(hours=1))
OFFICES = tuple(office.value for office in Office)


def membership_in(person: Person | None, objective_id: int) -> Membership | None:
    """Find the membership of whoever is looking, if they have one (1 statement for a person)."""
    return membership_of(db.session, objective_id, person.id) if person else None


def find_kept_out(person: Person | None, objective: Objective) -> KeptOut | None:
    """Tell whether whoever is looking cannot join at present (1 statement for a person)."""
    return kept_out(db.session, objective.id, person.id) if person else None


def refuse_kept_out(objective: Objective, out: KeptOut | None, status: int = 200) -> Response:
    """Say that somebody cannot join at present, until when, and whom to ask."""
    keep_private()
    return show("taskforces/kept_out.html", status=status, objective=objective, out=out)


@taskforces.get("/objectives/<code>/join/")
def join(code: str) -> Response:
    """Show the join form, with every role's state for this person; to a member, the office they asked about."""
    keep_private()
    objective, person = objective_or_404(code), me()
    asked = request.args.get("role")
    if out := find_kept_out(person, objective):
        return refuse_kept_out(objective, out)
    if membership_in(person, objective.id):
        if asked not in OFFICES:
            return go_to(link("taskforces.page", code=code))
        return _show_office(objective, person, asked, is_member=True)
    draft = find_draft(db.session, person, objective)
    form = JoinForm(
        role=asked if asked in OFFICES else draft.role or None if draft else None,
        contribution=draft.contribution if draft else None,
    )
    return show("taskforces/join.html", **_context(objective, person, form, draft))


@taskforces.post("/objectives/<code>/join/")
def join_answers(code: str) -> Response:
    """Keep the answers and go on: to the e-mail step, to the check, or to the ways on for an office."""
    keep_private()
    objective, person = objective_or_404(code), me()
    require(may_join(person, membership_in(person, objective.id)))
    if out := find_kept_out(person, objective):
        return refuse_kept_out(objective, out, status=409)
    hold(ASKING, f"person-{person.id}" if person else address())
    form = JoinForm()
    is_in_order = form.is_in_order()
    role, contribution = form.role.data, form.contribution.data or ""
    if (
        contribution or "save" in request.form or "claim" in request.form
    ):  # also what cannot be sent yet: nothing typed is lost
        keep_draft(db.session, person, objective, role if role in (*OFFICES, "member") else "", contribution)
        db.session.commit()
    if "save" in request.form or "claim" in request.form:
        return _turn_aside(code, role)
    if not is_in_order:
        context = _context(objective, person, form, None)
        return show("taskforces/join.html", fragment="taskforces/_join.html", status=422, **context)
    if role in OFFICES:
        office = offices_for(db.session, person, objective, request.args.get("region"))[role]
        if office.state == RoleState.CALLED and office.seat:
            return go_to(link("vacancies.apply", code=code, seat=office.seat.region or role))
        return _show_office(objective, person, role, form=form)
    return go_to(link("taskforces.check" if person else "taskforces.identity", code=code))


def _turn_aside(code: str, role: str | None) -> Response:
    if "claim" in request.form:
        return go_to(link("people.my_organisation", next=_this_form(code, role)))
    flash(_("Saved. You can finish later: your answers will be here."))
    return go_to(link("taskforces.join", code=code))


def _this_form(code: str, role: str | None) -> str:
    asked = role if role in OFFICES else None
    return link("taskforces.join", code=code, role=asked, region=request.args.get("region"))


def _context(
    objective: Objective, person: Person | None, form: JoinForm, draft: JoinDraft | None
) -> dict[str, Any]:
    return {
        "objective": objective,
        "form": form,
        "offices": offices_for(db.session, person, objective, request.args.get("region")),
        "has_draft": draft is not None,
        "is_sent": draft is None and person is None and is_pending(objective),
    }


def _show_office(
    objective: Objective, person: Person | None, role: str, form: JoinForm | None = None, **told: bool
) -> Response:
    office = offices_for(db.session, person, objective, request.args.get("region"))[role]
    status = 200 if form is None else 422 if office.state.is_withheld else 409
    context: dict[str, Any] = {
        "objective": objective,
        "role": role,
        "office": office,
        "form": form or JoinForm(),
        "this_form": _this_form(objective.slug, role),
    }
    return show("taskforces/office.html", status=status, **{**context, "is_member": False, **told})


@taskforces.get("/objectives/<code>/join/email/")
def identity(code: str) -> Response:
    """Ask a visitor who they are."""
    keep_private()
    objective, person = objective_or_404(code), me()
    draft = find_draft(db.session, person, objective)
    if draft is None and is_pending(objective):
        return go_to_sent(objective)
    if draft is None or not draft.is_ready or person is not None:
        return go_to(link("taskforces.check" if draft else "taskforces.join", code=code))
    form = IdentityForm(data={**draft.identity, "agreed": draft.is_signed})
    return show("taskforces/identity.html", objective=objective, form=form)


@taskforces.post("/objectives/<code>/join/email/")
def identity_answers(code: str) -> Response:
    """Keep who they are and go on to the check."""
    keep_private()
    objective, person = objective_or_404(code), me()
    require(may_join(person, membership_in(person, objective.id)))
    draft = hold_draft(db.session, person, objective)
    if draft is None or person is not None:
        return go_to_sent(objective) if is_pending(objective) else go_to(link("taskforces.join", code=code))
    form = IdentityForm()
    is_in_order = form.is_in_order()
    agreed = {"email": form.email.data, "consent": consent_version(db.session)} if is_in_order else {}
    draft.identity = {**form.said(), **agreed}
    db.session.commit()
    if not is_in_order:
        return show("taskforces/identity.html", status=422, objective=objective, form=form)
    return go_to(link("taskforces.check", code=code))
