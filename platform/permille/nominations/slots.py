"""What nominations put on the pages of packages below: how far a nomination is, and those that wait for one's reply."""

from typing import Any

from flask import Flask

from permille.foundation.database import db
from permille.foundation.slots import fill
from permille.nominations import holdings
from permille.nominations.accepting import after_standing_down
from permille.nominations.queries import (
    basis_of,
    live_nomination,
    offer_of,
    offered_to,
    refusal_of,
    states_by_vacancy,
)
from permille.nominations.words import ACTS, DAYS, LABELS, RULES, STATES
from permille.people.models import Person
from permille.people.policy import may_use_desk
from permille.people.presence import me
from permille.taskforces.models import Mandate
from permille.vacancies.amending import on_standing_down
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.progress import details_come_from
from permille.vacancies.seats import SeatName, seat_of
from permille.vacancies.words import speak_of


def fill_slots(app: Flask) -> None:
    """Register what this package knows, and declare what is held about a person."""
    app.jinja_env.globals.update(rule_name=RULES.__getitem__, nomination_state=STATES.__getitem__)
    speak_of(ACTS, LABELS, DAYS, {"failing": RULES})
    on_standing_down(after_standing_down)
    fill(app, "candidates", "nominations/_of_vacancy.html", _of_vacancy)
    fill(app, "mine", "nominations/_of_mine.html", _of_mine)
    fill(app, "offices", "nominations/_of_mine.html", _of_mine)
    fill(app, "application", "nominations/_of_application.html", _of_application)
    details_come_from("nomination", states_by_vacancy)
    fill(app, "mandate", "nominations/_of_mandate.html", _of_mandate)
    holdings.declare()


def _of_mandate(mandate: Mandate, **_offered: Any) -> dict[str, Any]:
    return {"basis": basis_of(db.session, mandate.id), "is_desk": may_use_desk(me())}


def _of_vacancy(vacancy: Vacancy, name: SeatName, **_offered: Any) -> dict[str, Any]:
    return {"vacancy": vacancy, "name": name, "one": live_nomination(db.session, vacancy.id)}


def _of_mine(person: Person, **_offered: Any) -> dict[str, Any]:
    return {"offered": offered_to(db.session, person.id), "name_of": seat_of}


def _of_application(application: Application, is_own: bool, **_offered: Any) -> dict[str, Any]:
    has_ended = application.vacancy.ended_at is not None
    return {
        "refusal": refusal_of(db.session, application.id) if has_ended else None,
        "own": offer_of(db.session, application.id) if is_own else None,
        "name": seat_of(application.vacancy),
    }
