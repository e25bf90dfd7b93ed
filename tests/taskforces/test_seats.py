"""Seats: who holds which, seen at once, and open ones are a door."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate


def test_every_task_force_shows_its_leader_and_a_seat_in_each_region(browser):
    page = browser.get("/en/seats/")
    rows = page.soup.select("tbody tr")
    assert len(rows) == 24
    assert {len(row.select("td")) for row in rows} == {6}
    assert "Wanjiru Kamau" in page.text("tbody tr:first-child td")
    assert "of 144 seats are held" in page.text(".ph")


def test_an_open_seat_leads_to_what_it_asks_for(browser):
    page = browser.get("/fr/seats/")
    door = page("tbody a.tag.open")
    assert browser.get(door["href"]).status == 200
    assert "role=" in door["href"]


def test_a_seat_that_falls_vacant_is_open_at_once_and_its_holder_may_stay_unnamed(app, browser, cast):
    browser.get("/en/seats/")
    with app.app_context():
        db.session.get(Person, cast.id("leader")).is_listed = False
        db.session.commit()
    assert "Wanjiru Kamau" not in browser.get("/en/seats/").text("main")
    assert "prefers not to be listed" in browser.get("/en/seats/").text("tbody tr:first-child td")
    with app.app_context():
        a1 = db.session.scalar(select(Objective.id).where(Objective.code == "A1"))
        for one in db.session.scalars(select(Mandate).where(Mandate.objective_id == a1)):
            one.ended_at = one.created_at
        db.session.commit()
    row = browser.get("/en/seats/").soup.select_one("tbody tr")
    assert len(row.select("a.tag.open")) == 6


@pytest.mark.parametrize(
    "path",
    ["/en/people/{id}/", "/en/me/", "/en/", "/en/objectives/a1/", "/en/objectives/a1/leave/", "/en/seats/"],
)
def test_an_office_in_a_region_that_is_no_more_stops_no_page(app, browser, cast, path):
    person = cast.id("representative")
    with app.app_context():
        db.session.scalars(select(Mandate).where(Mandate.person_id == person)).one().region = "atlantis"
        db.session.commit()
    page = browser.sign_in(cast.email("representative")).get(path.format(id=person))
    assert page.status == 200
    if "people" in path:
        assert "Regional Representative" in page.text("main")
