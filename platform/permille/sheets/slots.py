"""What lists put on the pages of packages below: where an office came from, on its page."""

from typing import Any

from flask import Flask

from permille.foundation.database import db
from permille.foundation.languages import _l
from permille.foundation.slots import fill
from permille.sheets import holdings
from permille.sheets.queries import origin_of
from permille.sheets.words import ACTS, TITLES
from permille.taskforces.models import Mandate
from permille.vacancies.words import speak_of


def fill_slots(app: Flask) -> None:
    """Register what this package knows, and declare what is held about a person."""
    app.jinja_env.globals["sheet_title"] = TITLES.__getitem__
    speak_of(ACTS, {"sent_on": _l("Sent on")}, days={"sent_on"})
    fill(app, "mandate", "sheets/_of_mandate.html", _of_mandate)
    holdings.declare()


def _of_mandate(mandate: Mandate, **_offered: Any) -> dict[str, Any]:
    return {"origin": origin_of(db.session, mandate.id)}
