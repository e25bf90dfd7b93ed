"""The factory that opens a region's portal. There is one, however many regions there are."""

from functools import partial

from flask import Blueprint, Flask, Response, g

from permille.foundation.database import db
from permille.foundation.hypermedia import show
from permille.foundation.languages import CHOICE, language
from permille.portals import machines
from permille.portals.offices_pages import offices
from permille.portals.people_pages import people
from permille.portals.queries import countries_of, news_in, seats_in
from permille.portals.routes import portals
from permille.regions.countries import choices_in
from permille.regions.models import Region, all_regions

assert machines  # it registers its addresses on the same Blueprint


def open_portals(app: Flask) -> None:
    """Open home and its pages, and a portal for every region that has a folder."""
    app.register_blueprint(portals)
    for region in all_regions().values():
        app.register_blueprint(open_portal(region))


def open_portal(region: Region) -> Blueprint:
    """Build one region's Blueprint."""
    portal = Blueprint(region.slug, __name__, url_prefix=f"/<{CHOICE}:lang>/{region.slug}")
    portal.before_request(partial(_enter, region))
    portal.add_url_rule("/", "home", home, methods=["GET"])
    portal.add_url_rule("/people/", "people", people, methods=["GET"])
    portal.add_url_rule("/offices/", "offices", offices, methods=["GET"])
    return portal


def home() -> Response:
    """Show a region: its introduction, its seats, its countries and what is new (4 statements)."""
    region: Region = g.region
    alphabet = {code: place for place, (code, _name) in enumerate(choices_in(language()))}
    countries = sorted(countries_of(db.session, region), key=lambda one: alphabet[one.code])
    return show(
        "portals/region.html",
        region=region,
        introduction=region.introduction[language()],
        seats=seats_in(db.session, region.slug),
        countries=countries,
        people_count=sum(one.people for one in countries),
        organisation_count=sum(one.organisations for one in countries),
        news=news_in(db.session, region),
    )


def _enter(region: Region) -> None:
    g.region = region
