"""The list of objectives. The page of one objective is its task force's (`taskforces`)."""

from flask import Blueprint, Response

from permille.foundation.database import db
from permille.foundation.hypermedia import show
from permille.foundation.languages import CHOICE
from permille.objectives.queries import goals_with_objectives

objectives = Blueprint("objectives", __name__, url_prefix=f"/<{CHOICE}:lang>/objectives")


@objectives.get("/")
def index() -> Response:
    """List all objectives by goal."""
    return show("objectives/index.html", goals=goals_with_objectives(db.session))
