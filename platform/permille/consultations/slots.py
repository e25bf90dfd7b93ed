"""What consultations put on the pages of packages below: where they stand, and those that wait for one's answer."""

from typing import Any

from flask import Flask

from permille.consultations import holdings
from permille.consultations.answering import broken_answers
from permille.consultations.progress import answers_by_vacancy
from permille.consultations.queries import (
    asked_of,
    consultation_of,
    is_of_panel,
    related,
    returned,
)
from permille.consultations.words import ACTS, DAYS, GROUPS, LABELS, RELATIONS, SUPPORTS, VALUES, WRITTEN_IN
from permille.foundation.database import db
from permille.foundation.slots import fill
from permille.people.models import Person
from permille.vacancies.checking import proven_by_records
from permille.vacancies.interests import interest
from permille.vacancies.models import Vacancy
from permille.vacancies.panels import rests_with
from permille.vacancies.progress import details_come_from
from permille.vacancies.seats import SeatName, seat_of
from permille.vacancies.words import speak_of


def fill_slots(app: Flask) -> None:
    """Register what this package knows, and declare what is held about a person."""
    app.jinja_env.globals.update(
        group_name=GROUPS.__getitem__,
        relation_name=RELATIONS.__getitem__,
        support_name=SUPPORTS.__getitem__,
        question_written_in=WRITTEN_IN.__getitem__,
    )
    interest("a relation to a candidate", related)
    rests_with(is_of_panel)
    details_come_from("consultation", answers_by_vacancy)
    fill(app, "consultation step", "consultations/_of_step.html", _of_step)
    proven_by_records("answers", broken_answers)
    speak_of(ACTS, LABELS, DAYS, VALUES)
    fill(app, "candidates", "consultations/_of_vacancy.html", _of_vacancy)
    fill(app, "mine", "consultations/_of_mine.html", _of_mine)
    fill(app, "offices", "consultations/_of_mine.html", _of_mine)
    holdings.declare()


def _of_vacancy(vacancy: Vacancy, name: SeatName, **_offered: Any) -> dict[str, Any]:
    one = consultation_of(db.session, vacancy.id)
    counted = returned(db.session, one.id) if one else None
    return {"vacancy": vacancy, "name": name, "one": one, "counted": counted}


def _of_step(vacancy: Vacancy, **_offered: Any) -> dict[str, Any]:
    return {"one": consultation_of(db.session, vacancy.id)}


def _of_mine(person: Person, **_offered: Any) -> dict[str, Any]:
    return {"asked": asked_of(db.session, person.id), "name_of": seat_of}
