"""Mandates: their terms on one list, the handover note, and their end by the holder or by the Secretariat."""

from datetime import date, timedelta

import pytest

from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.taskforces.models import Mandate
from tests.browser import Browser
from tests.mandates.conftest import SEAT, row_of

LIST = "/en/mandates/"


def test_terms_that_end_within_90_days_are_listed_first(app, desk, office, change_mandate):
    where = f'tr:has(a[href="/en/mandates/{office}/"])'
    change_mandate(office, ends_on=now().date() + timedelta(days=90))
    assert "ends soon" in desk.get(f"{LIST}?which=ending").text(where)
    change_mandate(office, ends_on=now().date() - timedelta(days=1))
    first = desk.get(LIST).soup.select("tbody tr")[0]
    assert first.select_one(f'a[href="/en/mandates/{office}/"]') and "over" in first.get_text()
    change_mandate(office, ends_on=now().date() + timedelta(days=91))
    assert desk.get(f"{LIST}?which=ending")(where) is None and desk.get(LIST)(where)


def test_the_list_costs_the_same_for_few_and_for_many(app, desk, statements):
    desk.get(LIST)
    statements.clear()
    assert len(desk.get(LIST).soup.select("tbody tr")) > 5
    assert len(statements) <= 5, statements


def test_the_seat_shows_since_when_and_until_when_it_is_held(app, browser, office, change_mandate):
    change_mandate(office, begins_on=date(2026, 3, 1), ends_on=date(2028, 3, 1))
    page = browser.get(f"{SEAT}/")
    assert page('time[datetime="2026-03-01"]') and page('time[datetime="2028-03-01"]')
    change_mandate(office, is_acting=True)
    assert not browser.get(f"{SEAT}/")('time[datetime="2028-03-01"]')
    change_mandate(office, ended_at=now())
    assert not browser.get(f"{SEAT}/")('time[datetime="2026-03-01"]')


def test_the_holder_writes_a_handover_note_which_successor_and_secretariat_read_and_nobody_else(
    app, cast, desk, holder, office, change_mandate
):
    where = f"/en/mandates/{office}/"
    assert where in holder.get("/en/me/offices/").html
    assert holder.post(where, handover="x" * 5001).status == 422
    assert holder.post(where, handover="Ask the cooperative of Kita first.").location == where
    assert "Ask the cooperative of Kita first." in desk.get(where).text("main")
    assert desk.post(where, handover="Nonsense.").status == 403
    assert Browser(app).sign_in(cast.email("member")).get(where).status == 404
    change_mandate(office, ended_at=now())
    assert holder.post(where, handover="One more thing.").status == 303
    later = now() + timedelta(days=91)
    change_mandate(office, ended_at=later - timedelta(days=90, minutes=1))
    try:
        clock.turn(lambda: later)
        assert Browser(app).get(where).status == 302
    finally:
        clock.turn(None)


def test_an_office_that_has_ended_is_found_by_links_and_so_is_what_its_holder_left_behind(
    app, cast, desk, holder, office, mails
):
    where = f"/en/mandates/{office}/"
    desk.post(f"{where}end/", reason="No meeting was held.")
    assert where in mails()[-1]["body"].replace("http://localhost:8000", "")
    past = holder.get("/en/me/offices/")
    assert past(f"section[aria-labelledby=past] a[href='{where}']")
    assert "You can still write a handover note." in past.text("section[aria-labelledby=past]")
    assert holder.post(where, handover="Ask the cooperative of Kita first.").status == 303
    listed = desk.get(f"{LIST}?which=past")
    row = f"tr:has(a[href='{where}'])"
    assert "Yes" in listed.text(row) and desk.get(LIST)(row) is None
    after = succeed(app, office, cast.id("member"))
    successor = Browser(app).sign_in(cast.email("member"))
    page = successor.get(f"/en/mandates/{after}/")
    assert page(f"a[href='{where}']") and "Ask the cooperative" in successor.get(where).text("main")


def test_a_holder_steps_down_and_the_secretariat_is_told(app, cast, holder, office, browser, mails):
    where = f"/en/mandates/{office}/end/"
    assert "Step down" in holder.get(where).text("h1")
    before = len(mails())
    assert holder.post(where, reason="A new child.").status == 303
    row = row_of(app, office)
    assert (
        row["ended_at"] is not None
        and row["end_reason"] == "A new child."
        and row["ended_by_id"] == row["person_id"]
    )
    assert {mail["to"] for mail in mails()[before:]} >= {
        cast.email("secretary"),
        cast.email("second-secretary"),
    }
    successor = succeed(app, office, cast.id("member"))
    page = Browser(app).sign_in(cast.email("member")).get(f"/en/mandates/{office}/")
    assert page.status == 200 and "A new child." not in page.html
    end_of(app, successor)
    assert "Nobody holds this seat at present." in browser.get(f"{SEAT}/").text("main")
    assert holder.post(where).status == 403


def test_the_secretariat_ends_an_office_only_with_a_reason_which_the_holder_reads(
    app, desk, holder, office, mails
):
    where = f"/en/mandates/{office}/end/"
    assert desk.post(where, reason=" ").status == 422 and row_of(app, office)["ended_at"] is None
    before = len(mails())
    assert desk.post(where, reason="No meeting was held for a year.").status == 303
    assert ["No meeting was held for a year." in mail["body"] for mail in mails()[before:]] == [True]
    assert desk.post(where, reason="Again.").status == 403


def succeed(app, office, person_id):
    """Let somebody hold the seat next, and return the id of their mandate."""
    with app.app_context():
        before = db.session.get_one(Mandate, office)
        after = Mandate(
            objective_id=before.objective_id, person_id=person_id, office=before.office, region=before.region
        )
        db.session.add(after)
        db.session.commit()
        return after.id


def end_of(app, mandate_id):
    with app.app_context():
        db.session.get_one(Mandate, mandate_id).end()
        db.session.commit()


@pytest.mark.parametrize("path", ["", "end/", "renew/", "confirm/"])
def test_a_mandate_is_nobody_elses_business(app, cast, office, path):
    member = Browser(app).sign_in(cast.email("member"))
    assert member.post(f"/en/mandates/{office}/{path}", reason="x").status == 404
    assert Browser(app).post(f"/en/mandates/{office}/{path}").status == 302
    assert member.get("/en/mandates/999999999999999999999/").status == 404
