"""The desk. Each capability has its own file."""

from flask import Blueprint, Response

from permille.foundation.hypermedia import show
from permille.foundation.languages import CHOICE
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in

secretariat = Blueprint("secretariat", __name__, url_prefix=f"/<{CHOICE}:lang>/secretariat")


@secretariat.before_request
def _only_the_secretariat() -> None:
    require(may_use_desk(signed_in()))


@secretariat.get("/")
def desk() -> Response:
    """Show what waits for a decision."""
    return show("secretariat/desk.html")
