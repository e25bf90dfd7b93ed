"""What the import page says, and what else a file may bring."""

from datetime import date

from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Organisation


def test_the_day_of_a_decision_comes_with_the_file(app, desk):
    path = desk.upload(
        "name,country,standing,evidence,since\nSoil Trust,KE,partner,Letter,2018-05-03\n"
    ).location
    desk.post(path)
    with app.app_context():
        one = db.session.scalars(select(Organisation).where(Organisation.name == "Soil Trust")).one()
        assert one.standings[0].since == date(2018, 5, 3)


def test_the_page_says_how_many_lines_a_file_may_have(desk):
    assert "up to 5,000 lines" in desk.get("/en/secretariat/organisations/import/").text("main")
