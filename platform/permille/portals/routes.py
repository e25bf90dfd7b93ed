"""Home, the list of regions, search, and the pages that explain."""

from flask import Blueprint, Response, make_response, redirect, request

from permille.foundation.database import db
from permille.foundation.hypermedia import show
from permille.foundation.languages import CHOICE, LANGUAGES, best_language
from permille.foundation.links import absolute, link
from permille.portals.queries import count_in, home_page
from permille.regions.models import all_regions

portals = Blueprint("portals", __name__)


@portals.get("/")
def root() -> Response:
    """Negotiate the language, once: the only address that looks at what the browser prefers."""
    response = make_response(redirect(link("portals.home", lang=best_language()), 302))
    response.vary.update(["Accept-Language", "Cookie"])
    return response


@portals.get(f"/<{CHOICE}:lang>/")
def home() -> Response:
    """Show home (2 statements)."""
    goals, countries = home_page(db.session)
    regional = [(region, count_in(region, countries)) for region in all_regions().values()]
    return show("portals/home.html", goals=goals, regional=regional)


@portals.get(f"/<{CHOICE}:lang>/regions/")
def all_portals() -> Response:
    """List the regions."""
    _goals, countries = home_page(db.session)
    regional = [(region, count_in(region, countries)) for region in all_regions().values()]
    return show("portals/regions.html", regional=regional)


@portals.get(f"/<{CHOICE}:lang>/search/")
def search() -> Response:
    """Search objectives, people, organisations and regions."""
    return show("portals/search.html", query=request.args.get("q", "")[:200])


@portals.get(f"/<{CHOICE}:lang>/about/")
def about() -> Response:
    """Explain roles and duties, how to join, the cycle and the terms."""
    return show("portals/about.html")


@portals.get(f"/<{CHOICE}:lang>/help/")
def help() -> Response:  # noqa: A001 (the address says help)
    """Answer the questions people ask, and say how to reach the Secretariat."""
    return show("portals/help.html")


@portals.get(f"/<{CHOICE}:lang>/accessibility/")
def accessibility() -> Response:
    """Say how the platform can be used, and how to tell us when it cannot."""
    return show("portals/accessibility.html")


@portals.get(f"/<{CHOICE}:lang>/privacy/")
def privacy() -> Response:
    """Say what is kept about people, why and for how long."""
    return show("portals/privacy.html")


@portals.get(f"/<{CHOICE}:lang>/terms/")
def terms() -> Response:
    """Show the terms of use."""
    return show("portals/terms.html")


@portals.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers where the map of the site is."""
    lines = ["User-agent: *", *(f"Disallow: /{lang}/{page}/" for lang in LANGUAGES for page in ("me", "search", "secretariat", "sign-in"))]
    return Response("\n".join([*lines, f"Sitemap: {absolute('/sitemap.xml')}", ""]), mimetype="text/plain")
