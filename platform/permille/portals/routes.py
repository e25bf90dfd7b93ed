"""Home, the list of regions, search, and the pages that explain."""

from flask import Blueprint, Response, make_response, redirect, request

from permille.foundation.database import db
from permille.foundation.forms import clean
from permille.foundation.hypermedia import show, wants_fragment
from permille.foundation.languages import CHOICE, language, wanted_language
from permille.foundation.limits import MINUTE, Limit, address, hold_reading
from permille.foundation.links import link
from permille.foundation.search import MOST_QUERY
from permille.foundation.security import keep_private
from permille.foundation.settings import passage
from permille.people.presence import me
from permille.portals.home_queries import count_in, home_page
from permille.portals.search import MOST, find_all
from permille.regions.models import all_regions
from permille.taskforces.own import own_task_forces

portals = Blueprint("portals", __name__)

SEARCHES, TYPED = Limit("search", 30, MINUTE), Limit("search-typing", 120, MINUTE)
SEARCHES_BY_ALL, TYPED_BY_ALL = (
    Limit("search-address", 150, MINUTE),
    Limit("search-typing-address", 600, MINUTE),
)
"""A person, and everyone behind one address: a workshop of thirty is not locked out."""


@portals.get("/")
def root() -> Response:
    """Negotiate the language, once: the only address that looks at what the browser prefers.

    Who prefers none of ours chooses.
    """
    keep_private()  # the same address answers differently, whatever its revision
    lang = wanted_language()
    to = redirect(link("portals.home", lang=lang), 302) if lang else show("portals/chooser.html")
    response = make_response(to)
    response.vary.update(["Accept-Language", "Cookie"])
    return response


@portals.get(f"/<{CHOICE}:lang>/")
def home() -> Response:
    """Show home (2 statements for a visitor); to somebody of a task force, their own first."""
    person = me()
    goals, countries = home_page(db.session)
    regional = [(region, count_in(region, countries)) for region in all_regions().values()]
    own = own_task_forces(db.session, person.id) if person else []
    return show("portals/home.html", goals=goals, regional=regional, own=own)


@portals.get(f"/<{CHOICE}:lang>/regions/")
def all_portals() -> Response:
    """List the regions."""
    _goals, countries = home_page(db.session)
    regional = [(region, count_in(region, countries)) for region in all_regions().values()]
    return show("portals/regions.html", regional=regional)


@portals.get(f"/<{CHOICE}:lang>/search/")
def search() -> Response:
    """Search objectives, people, organisations and regions."""
    query = (clean(request.args.get("q")) or "")[:MOST_QUERY]
    if query:
        _hold_search()
    results = find_all(db.session, query, language()) if query else None
    return show(
        "portals/search.html", fragment="portals/_results.html", query=query, results=results, most=MOST
    )


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
    return show("portals/accessibility.html", passage=passage(db.session, "accessibility"))


@portals.get(f"/<{CHOICE}:lang>/privacy/")
def privacy() -> Response:
    """Say what is kept about people, why and for how long."""
    return show("portals/privacy.html", passage=passage(db.session, "privacy"))


@portals.get(f"/<{CHOICE}:lang>/terms/")
def terms() -> Response:
    """Show the terms of use."""
    return show("portals/terms.html", passage=passage(db.session, "terms"))


def _hold_search() -> None:
    # Typing asks after every pause and must not use up the searches somebody sends.
    reader = me()
    limit = (
        (TYPED if wants_fragment() else SEARCHES)
        if reader
        else (TYPED_BY_ALL if wants_fragment() else SEARCHES_BY_ALL)
    )
    hold_reading(limit, str(reader.id) if reader else address())
