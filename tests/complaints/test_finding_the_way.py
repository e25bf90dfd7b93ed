"""Whoever may complain is told so where they look: on the seat, by the mail that refuses them, on the pages that explain."""

from datetime import timedelta

import pytest

from permille.foundation import clock
from permille.foundation.clock import now
from tests.browser import Browser
from tests.cast import change
from tests.complaints.conftest import WHERE, WORDS
from tests.engines import ON_SQLITE
from tests.nominations.conftest import NOMINATION, nomination, proposal, rival
from tests.vacancies.conftest import SEAT

__all__ = ["rival"]

HOW = "you can complain within 30 days on the page of the seat"


@pytest.fixture
def left(app, cast, filled):
    """Let the new holder step down at once."""
    holder = Browser(app).sign_in(cast.email("partner"))
    where = holder.get("/en/me/offices/")("main a[href*='/mandates/']")["href"]
    assert holder.post(f"{where}end/", reason="No time after all.").status == 303
    assert "Nobody holds this seat at present." in Browser(app).get(f"{SEAT}/").text("main")


def test_the_way_to_complain_stays_although_the_office_has_ended(app, member, left):
    assert WHERE in Browser(app).get(f"{SEAT}/").html and WHERE in member.get(f"{SEAT}/").html
    assert member.post(WHERE, words=WORDS).status == 303


def test_it_goes_when_the_time_is_over_whoever_holds_the_seat_then(app, left):
    later = now() + timedelta(days=30, minutes=1)
    try:
        clock.turn(lambda: later)
        assert WHERE not in Browser(app).get(f"{SEAT}/").html
    finally:
        clock.turn(None)


def test_a_seat_nobody_was_nominated_for_has_no_such_way(browser):
    assert "/complaint/" not in browser.get("/en/vacancies/a1/leader/").html


def test_it_costs_a_visitor_no_further_statement(app, left, statements):
    browser = Browser(app)
    statements.clear()
    assert WHERE in browser.get(f"{SEAT}/").html
    assert len(statements) <= 4, "\n\n".join(statements)


def test_a_candidate_who_is_refused_learns_how_to_complain(
    app, cast, desk, second, answered, applied, rival, mails
):
    change(app, cast.id("member"), language="en")
    desk.post(f"{NOMINATION}/propose/{applied}/", **proposal(**{f"refusal_{rival}": "Another time."}))
    second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"])
    own = Browser(app).sign_in(cast.email("member"))
    assert HOW not in own.get(f"/en/applications/{rival}/").text("main")
    Browser(app).sign_in(cast.email("partner")).post(f"/en/nominations/{nomination(app)['id']}/accept/")
    (told,) = [mail for mail in mails() if "Another time." in mail["body"]]
    assert HOW in " ".join(told["body"].split())
    page = own.get(f"/en/applications/{rival}/")
    assert HOW in page.text("main") and page(f'main a[href="{WHERE}"]')
    assert own.get(WHERE)("main textarea")


@ON_SQLITE
def test_the_pages_that_explain_say_so_too(browser):
    assert "complain within 30 days" in browser.get("/en/help/").text("main")
    assert "complain about a nomination" in browser.get("/en/privacy/").text("main")
