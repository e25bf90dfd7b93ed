"""Deadlines on pages and in mails, by the clock of whoever reads them."""

from datetime import date

from permille.foundation.database import db
from permille.people.models import Person
from permille.vacancies.models import Application
from tests.browser import Browser
from tests.cast import change
from tests.engines import ON_SQLITE
from tests.vacancies.conftest import SEAT, day

LAST = date(2027, 11, 30)
AFAR = "1 December 2027, 02:59 (time in Nairobi)"
HERE = "30 November 2027, 23:59 UTC"


@ON_SQLITE
def test_whoever_chose_a_zone_sees_its_clock_and_everybody_else_utc(app, cast, call, change_vacancy):
    change_vacancy(call, last_day=LAST)
    assert HERE in Browser(app).get(f"{SEAT}/").text("main")
    partner = Browser(app).sign_in(cast.email("partner"))
    assert HERE in partner.get(f"{SEAT}/").text("main")
    change(app, cast.id("partner"), zone="Africa/Nairobi")
    for path in (f"{SEAT}/", f"{SEAT}/apply/"):
        said = partner.get(path).text("main")
        assert AFAR in said and HERE not in said, path
    assert HERE in Browser(app).get(f"{SEAT}/").text("main")


def test_a_zone_is_chosen_in_the_profile_and_taken_along(app, cast, browser):
    browser.sign_in(cast.email("member"))
    said = {"name": "Amina", "naming": "everyone", "zone": "Africa/Nairobi"}
    assert browser.get("/en/me/profile/")("select[name=zone] option[selected]").get_text() == "UTC"
    assert browser.post("/en/me/profile/", **said).status == 303
    chosen = browser.get("/ar/me/profile/")("select[name=zone] option[selected]")
    assert chosen["value"] == "Africa/Nairobi" and chosen.get_text() == "كينيا"
    assert '"time zone": "Africa/Nairobi"' in browser.post("/en/me/data/").html
    assert browser.post("/en/me/profile/", **said | {"zone": "Nowhere/Atlantis"}).status == 422
    with app.app_context():
        assert db.session.get_one(Person, cast.id("member")).zone == "Africa/Nairobi"


@ON_SQLITE
def test_a_mail_says_it_by_the_clock_of_its_addressee_and_not_of_its_sender(
    app, cast, call, change_vacancy, mails
):
    change_vacancy(call, last_day=date.fromisoformat(day(20)))
    change(app, cast.id("secretary"), zone="Asia/Tokyo")
    change(app, cast.id("partner"), zone="America/New_York", language="en")
    with app.app_context():
        for part in ("partner", "member"):
            db.session.add(Application(vacancy_id=call, person_id=cast.id(part)))
        db.session.commit()
    change(app, cast.id("member"), language="en")
    desk = Browser(app).sign_in(cast.email("secretary"))
    desk.post("/en/vacancies/calls/extend/", seat="c2/africa", last_day=day(40))
    told = {mail["to"]: mail["body"] for mail in mails()}
    assert ":59 (time in New York)" in told[cast.email("partner")]
    assert "23:59 UTC" in told[cast.email("member")]
