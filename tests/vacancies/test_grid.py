"""Seats: who holds which, seen at once, and open ones are a door."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate


def test_every_task_force_shows_its_leader_and_a_seat_in_each_region(browser):
    page = browser.get("/en/vacancies/")
    rows = page.soup.select("tbody tr")
    assert len(rows) == 24
    assert {len(row.select("td")) for row in rows} == {6}
    assert "Wanjiru Kamau" in page.text("tbody tr:first-child td")
    assert "of 144 seats are held" in page.text(".ph")


def test_an_open_seat_leads_to_what_it_asks_for(browser):
    page = browser.get("/fr/vacancies/")
    door = page("tbody a.tag.open")
    assert "Personne n’occupe" in browser.get(door["href"]).text("main")


def test_the_old_address_of_the_grid_leads_to_where_it_stands_now(browser):
    assert browser.get("/ru/seats/").location == "/ru/vacancies/"


def test_the_grid_says_how_far_each_vacancy_has_come(browser):
    page = browser.get("/en/vacancies/")
    cells = {
        row.select_one("th bdi").get_text(): [td.get_text(" ", strip=True) for td in row.select("td")]
        for row in page.soup.select("tbody tr")
    }
    assert "Call open apply until" in cells["F2"][1]
    assert "Call closed decision by" in cells["E2"][0]
    assert "Acting" in cells["F1"][1] and "Call open" in cells["F1"][1]
    assert "calls are open" in page.text(".ph")


def test_a_seat_that_falls_vacant_is_open_at_once_and_its_holder_may_stay_unnamed(app, browser, cast):
    browser.get("/en/vacancies/")
    with app.app_context():
        db.session.get(Person, cast.id("leader")).is_listed = False
        db.session.commit()
    assert "Wanjiru Kamau" not in browser.get("/en/vacancies/").text("main")
    assert "prefers not to be listed" in browser.get("/en/vacancies/").text("tbody tr:first-child td")
    with app.app_context():
        a1 = db.session.scalar(select(Objective.id).where(Objective.code == "A1"))
        for one in db.session.scalars(select(Mandate).where(Mandate.objective_id == a1)):
            one.ended_at = one.created_at
        db.session.commit()
    row = browser.get("/en/vacancies/").soup.select_one("tbody tr")
    assert len(row.select("a.tag.open")) == 6


@pytest.mark.parametrize(
    "path",
    [
        "/en/people/{id}/",
        "/en/me/",
        "/en/",
        "/en/objectives/a1/",
        "/en/objectives/a1/leave/",
        "/en/vacancies/",
    ],
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
