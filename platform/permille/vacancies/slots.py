"""What vacancies put on the pages of packages below: the call for an office on its page, seats one asked about."""

from typing import Any

from flask import Flask

from permille.foundation.database import Session, db
from permille.foundation.slots import fill
from permille.people.models import Person
from permille.taskforces.roles import calls_come_from
from permille.vacancies import holdings
from permille.vacancies.application_queries import applications_of
from permille.vacancies.models import Stage
from permille.vacancies.queries import open_calls
from permille.vacancies.seats import seat_of
from permille.vacancies.words import SOURCES, act_in_record, outcome_name, said_in_words, step_name


def fill_slots(app: Flask) -> None:
    """Register what this package knows, and declare what is held about a person."""
    app.jinja_env.globals.update(
        step_name=step_name,
        outcome_name=outcome_name,
        act_in_record=act_in_record,
        said_in_words=said_in_words,
        source_name=SOURCES.get,
    )
    calls_come_from(_last_days)
    fill(app, "mine", "vacancies/_of_mine.html", _of_mine)
    holdings.declare()


def _of_mine(person: Person, **_offered: Any) -> dict[str, Any]:
    begun = [one for one in applications_of(db.session, person.id) if one.stage != Stage.ENDED]
    return {"applications": begun, "name_of": seat_of}


def _last_days(session: Session, objective_id: int) -> dict[str | None, Any]:
    return {region: one.last_day for region, one in open_calls(session, objective_id).items()}
