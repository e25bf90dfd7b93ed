"""What the tests of mandates share: an office in task force C1 for Europe, as the demonstration has it."""

from functools import partial

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate
from tests.browser import Browser
from tests.cast import change_row

SEAT = "/en/vacancies/c1/europe"


@pytest.fixture
def desk(app, cast):
    return Browser(app).sign_in(cast.email("secretary"))


@pytest.fixture
def office(app):
    """Return the id of the mandate."""
    with app.app_context():
        query = (
            select(Mandate).join(Mandate.objective).where(Objective.code == "C1", Mandate.region == "europe")
        )
        return db.session.scalars(query.where(Mandate.ended_at.is_(None))).one().id


@pytest.fixture
def holder(app, office):
    """Return the browser of its holder."""
    with app.app_context():
        email = db.session.get_one(Person, db.session.get_one(Mandate, office).person_id).email
    return Browser(app).sign_in(email)


@pytest.fixture
def change_mandate(app):
    """Return a function that gives a mandate other values, as somebody else would meanwhile."""
    return partial(change_row, app, Mandate)


def row_of(app, mandate_id):
    """Return what is in a mandate's row."""
    with app.app_context():
        one = db.session.get_one(Mandate, mandate_id)
        return {column.name: getattr(one, column.name) for column in Mandate.__table__.columns}
