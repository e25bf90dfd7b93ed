"""What mandates put on the pages of packages below: offices that have ended and what was left behind; whom a renewal concerns."""

from typing import Any

from flask import Flask

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.slots import fill
from permille.mandates.policy import HANDING_OVER
from permille.mandates.queries import concerned, handover_before
from permille.mandates.words import ACTS
from permille.people.models import Person
from permille.people.presence import me
from permille.taskforces.models import Mandate
from permille.taskforces.queries import ended_mandates
from permille.vacancies.interests import interest
from permille.vacancies.seats import SeatName
from permille.vacancies.words import speak_of


def fill_slots(app: Flask) -> None:
    """Register what this package knows."""
    interest("an office that is renewed", concerned)
    speak_of(ACTS, {})
    fill(app, "past offices", "mandates/_past.html", _past)
    fill(app, "mandate", "mandates/_before.html", _before)


def _past(person: Person, **_offered: Any) -> dict[str, Any]:
    ended = ended_mandates(db.session, person.id, now() - HANDING_OVER)
    return {"ended": [(one, SeatName(one.objective.code, one.region)) for one in ended]}


def _before(mandate: Mandate, **_offered: Any) -> dict[str, Any]:
    # For who holds the seat now and the Secretariat: a former holder has no business with the one before.
    before = handover_before(db.session, mandate) if mandate.ended_at is None and me() is not None else None
    return {"before": before}
