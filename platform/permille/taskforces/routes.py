"""The page of a task force, its team, and leaving it. Joining has its own file."""

from flask import Blueprint, Response, abort, flash, redirect, request

from permille.foundation.clock import now
from permille.foundation.database import LARGEST_ID, db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import CHOICE, _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.objectives.models import Objective
from permille.objectives.queries import objective_by_slug
from permille.people.presence import me, must_set_up_factor, signed_in
from permille.regions.models import all_regions
from permille.taskforces.joining import leave as end_membership
from permille.taskforces.keeping_out import kept_out
from permille.taskforces.policy import may_leave
from permille.taskforces.queries import membership_of, reader_of, seats_of
from permille.taskforces.reader import Reader
from permille.taskforces.team import newcomers, team_of
from permille.taskforces.timeline import timeline
from permille.taskforces.welcoming import welcomes_of

taskforces = Blueprint("taskforces", __name__, url_prefix=f"/<{CHOICE}:lang>")

SHOWN_ON_PAGE = 12


@taskforces.get("/objectives/<code>/")
def page(code: str) -> Response:
    """Show an objective and its task force (4 statements for a visitor)."""
    objective = objective_or_404(code)
    reader = _reader(objective)
    return show(
        "taskforces/page.html",
        objective=objective,
        timeline=timeline(objective.targets, now().year),
        seats=seats_of(db.session, objective.id, list(all_regions()), reader),
        team=team_of(db.session, objective.id, reader, most=SHOWN_ON_PAGE),
        onlooker=reader,
    )


@taskforces.get("/objectives/<code>/team/")
def team(code: str) -> Response:
    """Show the whole team, a page at a time."""
    objective = objective_or_404(code)
    after = request.args.get("after", 0, type=int)
    if not 0 <= after <= LARGEST_ID:
        abort(404)
    reader = _reader(objective)
    team = team_of(db.session, objective.id, reader, after=after)
    return show(
        "taskforces/team.html",
        objective=objective,
        seats=seats_of(db.session, objective.id, list(all_regions()), reader),
        team=team,
        onlooker=reader,
        welcomes=welcomes_of(db.session, [one.membership_id for one in team.listed])
        if reader.mandate
        else {},
        to_welcome=newcomers(team.listed, reader),
    )


def _reader(objective: Objective) -> Reader:
    # Names and words for the team are on the page of somebody signed in: nobody else may keep it.
    person = me()
    if person is not None:
        keep_private()
    return reader_of(db.session, objective.id, None if must_set_up_factor() else person)


@taskforces.get("/objectives/<code>/leave/")
def leave(code: str) -> Response:
    """Ask once before leaving; an office stays, and the page says how to give it up."""
    person, objective = signed_in(), objective_or_404(code)
    reader = reader_of(db.session, objective.id, person)
    require(may_leave(person, reader.membership) or reader.mandate is not None)
    return show("taskforces/leave.html", objective=objective, onlooker=reader, form=Form())


@taskforces.post("/objectives/<code>/leave/")
def leave_now(code: str) -> Response:
    """Leave the task force."""
    person, objective = signed_in(), objective_or_404(code)
    membership = membership_of(db.session, objective.id, person.id)
    require(may_leave(person, membership))
    if membership is not None:
        end_membership(db.session, person, membership, objective)
    out = kept_out(db.session, objective.id, person.id)
    db.session.commit()
    flash(
        _("You have left Task Force %(code)s.", code=objective.code)
        if out
        else _("You have left Task Force %(code)s. You can join again at any time.", code=objective.code)
    )
    return go_to(link("taskforces.page", code=objective.slug))


def objective_or_404(code: str) -> Objective:
    """Find the objective of an address; a reader who typed capitals is led to the small-letter form."""
    if request.method == "GET" and len(code) == 2 and code != code.lower() and request.endpoint:
        abort(redirect(link(request.endpoint, **{**(request.view_args or {}), "code": code.lower()}), 301))
    can_be = len(code) == 2 and code.isascii() and code.isalnum() and code == code.lower()
    objective = objective_by_slug(db.session, code) if can_be else None
    return objective or abort(404)


from permille.taskforces import (  # noqa: E402, F401 (they register on blueprints)
    confirm_routes,
    join_routes,
    list_routes,
    sending_routes,
    welcome_routes,
)
