"""The list of objectives with their task forces: one's own marked, narrowed to those with an open seat."""

from flask import Response, request

from permille.foundation.database import db
from permille.foundation.hypermedia import show
from permille.foundation.security import keep_private
from permille.objectives.queries import goals_with_objectives
from permille.objectives.routes import objectives
from permille.people.presence import me
from permille.regions.models import all_regions
from permille.taskforces.coverage import with_open_seat
from permille.taskforces.models import Office
from permille.taskforces.own import own_task_forces


@objectives.get("/")
def index() -> Response:
    """List all objectives by goal, or those whose task force looks for a leader or a representative (2 statements)."""
    person = me()
    if person is not None:
        keep_private()
    seat, region = _wanted()
    narrowed = [with_open_seat(Office(seat), region, list(all_regions()))] if seat else []
    return show(
        "objectives/index.html",
        fragment="objectives/_list.html",
        goals=goals_with_objectives(db.session, *narrowed),
        own={one.code: one for one in own_task_forces(db.session, person.id)} if person else {},
        seat=seat,
        region=region,
    )


def _wanted() -> tuple[str, str]:
    """Return which seat is looked for and where; a region alone means its representative."""
    seat, region = request.args.get("seat", ""), request.args.get("region", "")
    region = region if region in all_regions() else ""
    seat = seat if seat in list(Office) else ""
    if seat == Office.LEADER:
        return seat, ""
    return (Office.REPRESENTATIVE.value if region else seat), region
