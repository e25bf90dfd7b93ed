"""The pages of the directory of office holders: of the world here, of a region in its portal."""

from flask import Response, abort, request

from permille.foundation.database import db
from permille.foundation.hypermedia import show
from permille.mandates.directory import directory
from permille.mandates.routes import mandates
from permille.regions.models import Region, all_regions
from permille.taskforces.models import Office

PAGE = 48
"""Eight task forces with all their seats."""
EVERYTHING = "all"


@mandates.get("/offices/")
def offices() -> Response:
    """List who holds which office anywhere, narrowed to a goal or an office (3 statements)."""
    return show_directory(None)


def show_directory(region: Region | None) -> Response:
    """Show a page of the directory: of a region with the leaders, who are there for all of them, or of the world."""
    known = directory(db.session, [region.slug] if region else list(all_regions()))
    goal, office = request.args.get("goal", ""), request.args.get("office", "")
    goal, office = goal if goal in known.goals else "", office if office in list(Office) else ""
    entries = known.narrowed(goal, office)
    page = _page(len(entries))
    return show(
        "mandates/directory.html",
        region=region,
        where=f"{region.slug}.offices" if region else "mandates.offices",
        goal=goal,
        office=office,
        goals=known.goals,
        offices=list(Office),
        entries=entries[(page - 1) * PAGE : page * PAGE] if page else entries,
        number=page,
        has_more=bool(page) and page * PAGE < len(entries),
        is_cut=len(entries) > PAGE,
        held=sum(not one.seat.is_open for one in entries),
        all=len(entries),
    )


def _page(length: int) -> int:
    """Return which page is asked for, 0 for everything at once; 404 beyond the last."""
    wanted = request.args.get("page", "1")
    if wanted == EVERYTHING:
        return 0
    page = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else 0
    return page if 1 <= page <= max(1, -(-length // PAGE)) else abort(404)
