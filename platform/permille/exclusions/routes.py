"""Exclusions: decided on a page of their own, read by the member, whoever decided and the Secretariat."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash

from permille.exclusions.deciding import WasSettled, decide, take_back
from permille.exclusions.forms import AnswerForm, AppealForm, DecisionForm, TakeBackForm
from permille.exclusions.models import Exclusion, Measure
from permille.exclusions.policy import (
    appeals_until,
    may_answer,
    may_appeal,
    may_consider,
    may_decide,
    may_read,
    may_take_back,
    office_of,
)
from permille.exclusions.queries import exclusion_by_id, other_exclusions, running_for, waiting_appeals
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import CHOICE, _
from permille.foundation.limits import Limit, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import require_fresh, signed_in
from permille.taskforces.models import Mandate, Membership
from permille.taskforces.queries import mandate_of, membership_by_id

exclusions = Blueprint("exclusions", __name__, url_prefix=f"/<{CHOICE}:lang>")

DECIDING = Limit("exclusion", 20, timedelta(days=1))


@exclusions.get("/exclusions/")
def index() -> Response:
    """List for the Secretariat the appeals that wait, the oldest first, and the newest decisions (2 statements)."""
    person = signed_in()
    require(may_use_desk(person))
    waiting = [(one, (now() - (one.appealed_at or now())).days) for one in waiting_appeals(db.session)]
    return show(
        "exclusions/index.html", waiting=waiting, others=other_exclusions(db.session), may_answer=may_answer
    )


@exclusions.get("/exclusions/of/<int:membership_id>/")
def ask(membership_id: int) -> Response:
    """Show the form to ask a member to leave or to suspend them, or what stands in the way."""
    membership, mandate = _find_membership(membership_id)
    require(may_consider(signed_in(), membership, mandate))
    return _ask(membership, DecisionForm(formdata=None))


@exclusions.post("/exclusions/of/<int:membership_id>/")
def decide_now(membership_id: int) -> Response:
    """Ask the member to leave, or suspend them; they are told."""
    person = signed_in()
    membership, mandate = _find_membership(membership_id)
    office = _office_there(membership, membership.person_id)
    require(may_decide(person, membership, mandate, office))
    form = DecisionForm()
    if not form.is_in_order():
        return _ask(membership, form, status=422)
    require_fresh()
    hold(DECIDING, str(person.id))
    measure, last_day = Measure(form.measure.data), form.last_day.data or abort(422)
    try:
        one = decide(
            db.session, person, office_of(person, membership, mandate), membership, measure, last_day,
            form.reason.data or "",
        )  # fmt: skip
    except WasSettled:
        db.session.rollback()
        flash(_("Somebody else has decided about this member, or the member has left."), "bad")
        return go_to(link("taskforces.team", code=membership.objective.slug))
    db.session.commit()
    flash(_("Done. The member is told, with your reason, and how to appeal."))
    return go_to(link("exclusions.exclusion", exclusion_id=one.id))


@exclusions.get("/exclusions/<int:exclusion_id>/")
def exclusion(exclusion_id: int) -> Response:
    """Show a decision to the member, to whoever decided, and to the Secretariat (1 statement)."""
    return show_exclusion(find_exclusion(exclusion_id))


@exclusions.get("/exclusions/<int:exclusion_id>/take-back/")
def ask_to_take_back(exclusion_id: int) -> Response:
    """Ask for the reason."""
    one = find_exclusion(exclusion_id)
    require(may_take_back(signed_in(), one))
    return show("exclusions/take_back.html", one=one, form=TakeBackForm(formdata=None))


@exclusions.post("/exclusions/<int:exclusion_id>/take-back/")
def take_back_now(exclusion_id: int) -> Response:
    """Take a decision back; the member is told."""
    person, one = signed_in(), find_exclusion(exclusion_id)
    require(may_take_back(person, one))
    form = TakeBackForm()
    if not form.is_in_order():
        return show("exclusions/take_back.html", status=422, one=one, form=form)
    require_fresh()
    try:
        take_back(db.session, person, one, form.reason.data or "")
    except WasSettled:
        abort(409)
    db.session.commit()
    flash(_("Taken back. The member is told."))
    return go_to(link("exclusions.exclusion", exclusion_id=one.id))


def find_exclusion(exclusion_id: int) -> Exclusion:
    """Return a decision whoever is looking may read, else 404."""
    person = signed_in()
    one = found(exclusion_by_id(db.session, within(exclusion_id)))
    return one if may_read(person, one) else abort(404)


def show_exclusion(
    one: Exclusion, *, appeal: AppealForm | None = None, answer: AnswerForm | None = None, status: int = 200
) -> Response:
    """Show the page of a decision, with the form that is theirs to send."""
    person = signed_in()
    return show(
        "exclusions/exclusion.html",
        status=status,
        one=one,
        is_own=one.membership.person_id == person.id,
        appeals_until=appeals_until(one),
        appeal=(appeal or AppealForm(formdata=None)) if may_appeal(person, one) else None,
        answer=(answer or AnswerForm(formdata=None)) if may_answer(person, one) else None,
        may_take_back=may_take_back(person, one),
        is_desk=may_use_desk(person),
        is_decider=one.decided_by_id == person.id,
    )


def _find_membership(membership_id: int) -> tuple[Membership, Mandate | None]:
    person = signed_in()
    membership = found(membership_by_id(db.session, within(membership_id)))
    return membership, _office_there(membership, person.id)


def _office_there(membership: Membership, person_id: int) -> Mandate | None:
    return mandate_of(db.session, membership.objective_id, person_id)


def _ask(membership: Membership, form: DecisionForm, status: int = 200) -> Response:
    known = running_for(db.session, membership.id)
    return show(
        "exclusions/ask.html",
        status=status,
        membership=membership,
        form=form,
        office=_office_there(membership, membership.person_id),
        known=known,
        reads_known=known is not None and may_read(signed_in(), known),
    )


from permille.exclusions import appeal_routes  # noqa: E402, F401 (they register on the blueprint above)
