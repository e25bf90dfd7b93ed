"""The desk: what waits for a decision. Each capability has its own file."""

from flask import Blueprint, Response

from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import show
from permille.foundation.languages import CHOICE
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat import queries

secretariat = Blueprint("secretariat", __name__, url_prefix=f"/<{CHOICE}:lang>/secretariat")


@secretariat.before_request
def _only_the_secretariat() -> None:
    require(may_use_desk(signed_in()))


@secretariat.get("/")
def desk() -> Response:
    """Show what waits for a decision, and who joined last."""
    return show(
        "secretariat/desk.html",
        affiliations=queries.claimed_affiliations(db.session),
        proposed=queries.proposed_count(db.session),
        lapsing=queries.lapsing_count(db.session),
        jobs=queries.undelivered(db.session),
        newest=queries.newest_members(db.session),
        form=Form(),
    )


from permille.secretariat import (  # noqa: E402, F401 (they register on the blueprint above)
    affiliation_routes,
    audit_routes,
    contact_routes,
    facts_routes,
    import_routes,
    invitation_routes,
    mail_routes,
    merge_routes,
    organisation_routes,
    people_routes,
    rejection_routes,
    standing_routes,
    text_routes,
)
