"""Ending a vacancy without a holder refuses every candidate: where there is a panel, it is the panel's."""

from permille.foundation.database import db
from permille.people.models import Person, Role
from tests.browser import Browser
from tests.vacancies.conftest import SEAT


def test_once_there_is_a_panel_nobody_else_of_the_secretariat_ends_the_vacancy(app, cast, desk, prepared):
    with app.app_context():
        db.session.get_one(Person, cast.id("funder")).role = Role.SECRETARY
        db.session.commit()
    outside = Browser(app).sign_in(cast.email("funder"))
    button = f"a[href='{SEAT}/give-up/']"
    assert outside.get(f"{SEAT}/give-up/").status == 403 and outside.get(f"{SEAT}/")(button) is None
    assert outside.post(f"{SEAT}/give-up/", reason="x").status == 403
    assert desk.get(f"{SEAT}/")(button)
    assert desk.post(f"{SEAT}/give-up/", reason="Nobody came.").status == 303
