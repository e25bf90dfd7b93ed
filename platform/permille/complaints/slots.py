"""What complaints put on the pages of packages below: the way to complain on the page of a seat."""

from datetime import date
from typing import Any

from flask import Flask

from permille.complaints import holdings
from permille.complaints.policy import OPEN_FOR
from permille.complaints.words import ACTS, FINDINGS, LABELS
from permille.foundation.days import today
from permille.foundation.slots import fill
from permille.vacancies.seats import SeatName
from permille.vacancies.words import speak_of


def fill_slots(app: Flask) -> None:
    """Register what this package knows, and declare what is held about a person."""
    app.jinja_env.globals["finding_name"] = FINDINGS.__getitem__
    speak_of(ACTS, LABELS, values={"finding": FINDINGS})
    fill(app, "seat", "complaints/_of_seat.html", _of_seat)
    holdings.declare()


def _of_seat(name: SeatName, begins_on: date | None, **_offered: Any) -> dict[str, Any]:
    is_open = begins_on is not None and today() - begins_on < OPEN_FOR
    return {"name": name, "is_open": is_open}
