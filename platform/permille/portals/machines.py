"""What machines ask for: the map of the site, rules for crawlers, a sign of life."""

from flask import Response, make_response, render_template
from sqlalchemy import select

from permille.foundation.database import db
from permille.foundation.languages import LANGUAGES
from permille.foundation.links import absolute
from permille.foundation.site import Site
from permille.objectives.models import Objective
from permille.portals.routes import portals
from permille.regions.models import all_regions

PAGES = ("", "objectives/", "regions/", "about/", "help/", "accessibility/", "privacy/", "terms/")
PRIVATE = ("join", "me", "search", "secretariat", "sign-in", "sign-up")


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
        *(f"{slug}/" for slug in all_regions()),
        *(f"objectives/{code.lower()}/" for code in codes),
    ]
    response = make_response(render_template("portals/sitemap.xml", paths=paths, base=absolute("")))
    response.mimetype = "application/xml"
    return response


@portals.get("/health")
def health() -> Response:
    """Say that the server and its database answer (1 statement)."""
    db.session.execute(select(Site.id))
    return Response("ok\n", mimetype="text/plain")
