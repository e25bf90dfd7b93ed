"""Asking to be told when a call opens: told once, and then forgotten."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.vacancies.models import Watch
from tests.browser import Browser
from tests.people.following import link_in
from tests.vacancies.conftest import SEAT, day


@pytest.fixture
def opened(app, cast):
    """Return a function that lets the Secretariat open the call."""

    def open_now():
        desk = Browser(app).sign_in(cast.email("secretary"))
        assert desk.post("/en/vacancies/calls/open/", seat="c2/africa", last_day=day(30)).status == 303

    return open_now


def watches(app):
    with app.app_context():
        return list(db.session.scalars(select(Watch)))


def test_a_person_is_told_once_on_their_page_and_by_mail(app, cast, browser, mails, opened):
    browser.sign_in(cast.email("member"))
    for _twice in range(2):
        assert browser.post(f"{SEAT}/watch/").status == 303
    assert len(watches(app)) == 1
    assert "C2" in browser.get("/en/me/offices/").text("main")
    already = len(mails())
    opened()
    assert [mail["to"] for mail in mails()[already:]] == ["member@demo.example"]
    assert watches(app) == []
    assert "C2" in browser.get("/es/me/notifications/").text(".list")


def test_a_person_can_stop_it(app, cast, browser, mails, opened):
    browser.sign_in(cast.email("member"))
    browser.post(f"{SEAT}/watch/")
    assert "You will get a mail as soon as the call opens." in browser.get(f"{SEAT}/watch/").text("main")
    browser.post(f"{SEAT}/watch/end/")
    already = len(mails())
    opened()
    assert mails()[already:] == []


def test_a_visitor_shows_by_mail_that_the_address_is_theirs(app, browser, mails, opened):
    assert browser.post("/ar/vacancies/c2/africa/watch/", email="rosa@village.example").status == 303
    assert watches(app) == []
    asked = mails()[-1]
    assert (asked["to"], asked["lang"]) == ("rosa@village.example", "ar")
    other = Browser(app)
    page = other.get(link_in(asked), follow=True)
    assert page.status == 200 and watches(app) == []
    assert other.post("/ar/vacancies/confirm/").status == 303
    assert [one.email for one in watches(app)] == ["rosa@village.example"]
    assert other.post("/ar/vacancies/confirm/").status == 410
    already = len(mails())
    opened()
    assert [(mail["to"], mail["lang"]) for mail in mails()[already:]] == [("rosa@village.example", "ar")]
    assert watches(app) == []


@pytest.mark.parametrize("email", ["", "nobody", "a b@c.example"])
def test_what_is_no_address_is_refused(app, browser, email):
    page = browser.post(f"{SEAT}/watch/", email=email)
    assert page.status == 422 and page(".errsum")


def test_a_call_that_is_open_already_is_said(browser, call):
    assert "The call is open already." in browser.get(f"{SEAT}/watch/").text("main")
