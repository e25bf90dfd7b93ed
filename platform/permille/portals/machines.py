"""What machines ask for: the map of the site, rules for crawlers, a sign of life."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, request
from sqlalchemy import select

from permille.foundation.database import db
from permille.foundation.languages import LANGUAGES
from permille.foundation.limits import Limit, address, hold
from permille.foundation.links import absolute
from permille.foundation.permissions import require
from permille.foundation.site import Site
from permille.objectives.models import Objective
from permille.people.policy import anyone_may
from permille.people.presence import me
from permille.portals.routes import portals
from permille.regions.models import all_regions

PAGES = (
    "",
    "objectives/",
    "regions/",
    "vacancies/",
    "offices/",
    "about/",
    "help/",
    "accessibility/",
    "privacy/",
    "terms/",
)
REPORTS = Limit("csp", 100, timedelta(hours=1))
MOST_LETTERS, MOST_REPORTS = 16_000, 10
PRIVATE = (
    "applications",
    "offices/*/write",
    "offices/reply",
    "join",
    "me",
    "search",
    "secretariat",
    "objectives/*/join",
    "sign-in",
    "sign-up",
)


@portals.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers where the map of the site is and what is nobody's business."""
    closed = [f"Disallow: /{lang}/{page}/" for lang in LANGUAGES for page in PRIVATE]
    lines = ["User-agent: *", *closed, f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return Response("\n".join(lines), mimetype="text/plain")


@portals.get("/sitemap.xml")
def sitemap() -> Response:
    """List every public page in every language, each with its twins (1 statement)."""
    codes = db.session.scalars(select(Objective.code).order_by(Objective.code))
    paths = [
        *PAGES,
        *(f"{slug}/{page}" for slug in all_regions() for page in ("", "offices/")),
        *(f"objectives/{code.lower()}/" for code in codes),
    ]
    response = make_response(render_template("portals/sitemap.xml", paths=paths, base=absolute("")))
    response.mimetype = "application/xml"
    return response


@portals.post("/csp")
def note_blocked() -> Response:
    """Note in the log what a browser blocked by our policy: what and where, never what was on the page."""
    require(anyone_may(me()))
    hold(REPORTS, address())
    for blocked in _blocked(request.get_data(as_text=True)):
        current_app.logger.warning("blocked by the content policy: %s", blocked)
    return Response(status=204)


@portals.get("/health")
def health() -> Response:
    """Say that the server and its database answer (1 statement)."""
    db.session.execute(select(Site.id))
    return Response("ok\n", mimetype="text/plain")


def _blocked(text: str) -> list[str]:
    """Read the reports a browser sends; whatever else was sent says nothing."""
    try:
        reports = json.loads(text) if len(text) <= MOST_LETTERS else []
    except (ValueError, RecursionError):
        return []
    bodies = (
        [one.get("body") for one in reports if isinstance(one, dict)] if isinstance(reports, list) else []
    )
    return [
        json.dumps(
            {"rule": str(body.get("effectiveDirective", ""))[:100], "host": _host(body.get("blockedURL"))}
        )
        for body in bodies[:MOST_REPORTS]
        if isinstance(body, dict)
    ]


def _host(address: object) -> str:
    # Only whose it was: the rest of an address may be a mailed link.
    try:
        return (urlsplit(str(address)).netloc or str(address).partition(":")[0])[:100]
    except ValueError:
        return ""
