"""The pages of people: accounts, profiles, organisations. Each capability has its own file."""

from flask import Blueprint, abort, request

from permille.foundation.database import LARGEST_ID
from permille.foundation.languages import CHOICE
from permille.people import links

people = Blueprint("people", __name__, url_prefix=f"/<{CHOICE}:lang>")

people.get("/link/<token>/")(links.open_link)


def position() -> int:
    """Return the id after which a list goes on (`?after=`), 0 at its beginning; 404 when it cannot be one."""
    after = request.args.get("after", 0, type=int)
    return after if 0 <= after <= LARGEST_ID else abort(404)


from permille.people import (  # noqa: E402, F401 (they register on the blueprint above)
    address_routes,
    contact_routes,
    data_routes,
    evidence_routes,
    mail_routes,
    notification_routes,
    organisation_routes,
    own_routes,
    passkey_proving_routes,
    passkey_routes,
    password_routes,
    profile_routes,
    proving_routes,
    second_step_routes,
    session_routes,
    sign_in_link_routes,
    sign_in_routes,
    sign_up_routes,
)
