"""What complaints put on the pages of packages below: the way to complain on the page of a seat."""

from datetime import datetime
from typing import Any

from flask import Flask

from permille.complaints import holdings
from permille.complaints.policy import OPEN_FOR
from permille.complaints.words import ACTS, FINDINGS, LABELS
from permille.foundation.clock import now
from permille.foundation.slots import fill
from permille.vacancies.seats import SeatName
from permille.vacancies.words import speak_of


def fill_slots(app: Flask) -> None:
    """Register what this package knows, and declare what is held about a person."""
    app.jinja_env.globals["finding_name"] = FINDINGS.__getitem__
    speak_of(ACTS, LABELS, values={"finding": FINDINGS})
    fill(app, "seat", "complaints/_of_seat.html", _of_seat)
    holdings.declare()


def _of_seat(name: SeatName, filled_at: datetime | None, **_offered: Any) -> dict[str, Any]:
    # Whoever accepts fills the seat in the same moment; that they have left since is no reason to say nothing.
    is_open = filled_at is not None and now() - filled_at < OPEN_FOR
    return {"name": name, "is_open": is_open}
