"""The list of a region's people and organisations, all or of one country."""

from flask import Response, abort, g, request

from permille.foundation.database import LARGEST_ID, db
from permille.foundation.hypermedia import show
from permille.foundation.languages import language
from permille.portals.people_queries import organisations_in, people_in
from permille.portals.queries import countries_of
from permille.regions.countries import choices_in
from permille.regions.models import Region


def people() -> Response:
    """Show who and which organisations are in a region or in one of its countries (4 statements)."""
    region: Region = g.region
    country = request.args.get("country", "")
    if country and country not in region.countries:
        abort(404)
    counts = [one for one in countries_of(db.session, region) if country in ("", one.code)]
    wanted = [country] if country else region.countries
    return show(
        "portals/people.html",
        region=region,
        country=country,
        choices=[(code, name) for code, name in choices_in(language()) if code in region.countries],
        people_count=sum(one.people for one in counts),
        organisation_count=sum(one.organisations for one in counts),
        people=people_in(db.session, wanted, _before("people")),
        organisations=organisations_in(db.session, wanted, _before("organisations")),
    )


def _before(name: str) -> int:
    before = request.args.get(name, 0, type=int)
    return before if 0 <= before <= LARGEST_ID else abort(404)
