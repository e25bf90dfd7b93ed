"""What the tests of vacancies share: a call, what a candidate writes, and looking into the database."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Organisation, Person, StandingState
from permille.taskforces.models import Office
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import entries_of
from tests.cast import change_row

SEAT = "/en/vacancies/c2/africa"
ANSWERS = {
    "why": "Because the soils of my village wait.",
    "experience": "Ten years of composting.",
    "knowledge": "Mali and Niger.",
    "languages": ["fr", "ar"],
    "time": "A day a week.",
    "endorsement": "Our board agrees.",
    "links": "https://village.example/soils",
}


def day(n):
    """Return the day so many days from today, as a form sends it."""
    return f"{now().date() + timedelta(days=n):%Y-%m-%d}"


@pytest.fixture
def call(app, cast):
    """Open the call for the seat of C2 in Africa and return the id of its vacancy."""
    with app.app_context():
        objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
        vacancy = Vacancy(
            objective_id=objective.id,
            office=Office.REPRESENTATIVE,
            region="africa",
            last_day=now().date() + timedelta(days=20),
            opened_by_id=cast.id("secretary"),
        )
        db.session.add(vacancy)
        db.session.commit()
        return vacancy.id


@pytest.fixture
def applied(app, cast, call):
    """Let the partner stand for it and return the id of the application."""
    from tests.browser import Browser

    partner = Browser(app).sign_in(cast.email("partner"))
    partner.post(f"{SEAT}/apply/", **ANSWERS)
    page = partner.post(f"{SEAT}/apply/check/")
    assert page.status == 303, page.text()
    return int(page.location.rstrip("/").rpartition("/")[2])


@pytest.fixture
def change_vacancy(app):
    """Return a function that gives a vacancy other values, as somebody else would meanwhile."""
    return partial(change_row, app, Vacancy)


def lapse(app, person_id):
    """Let the standing of a person's organisation lapse."""
    with app.app_context():
        one = db.session.get_one(
            Organisation, db.session.get_one(Person, person_id).affiliation.organisation_id
        )
        one.stand(StandingState.LAPSED, None, evidence="The fee was not paid.")
        db.session.commit()


def application_of(app, application_id):
    """Return what is in an application's row."""
    with app.app_context():
        one = db.session.get_one(Application, application_id)
        return {column.name: getattr(one, column.name) for column in Application.__table__.columns}


def acts_of(app, vacancy_id):
    """Return the acts in a vacancy's record, oldest first."""
    with app.app_context():
        return [one.act for one in entries_of(db.session, vacancy_id)]
