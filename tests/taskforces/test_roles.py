"""What the two offices are for one person: in this task force, in their region or the one asked for."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Person
from tests.browser import Browser


def hints(page):
    """Return what stands beside each role of the join form."""
    found = page.soup.select("form .opt:has([name=role])")
    return {one("input")[0]["value"]: " ".join(one("span")[0].get_text().split()) for one in found}


def name_of(app, cast, part):
    with app.app_context():
        return db.session.scalar(select(Person.name).where(Person.id == cast.id(part)))


def test_a_held_office_names_its_holder_to_everyone_but_the_holder(app, browser, cast):
    told = hints(browser.get("/en/objectives/a1/join/"))
    assert told["leader"] == f"{name_of(app, cast, 'leader')} holds this office at present."
    page = Browser(app).sign_in(cast.email("leader")).get("/en/objectives/a1/join/")
    assert hints(page)["leader"] == "You hold this office."


def test_a_holder_who_is_not_listed_is_not_named(app, browser, cast):
    with app.app_context():
        db.session.get(Person, cast.id("leader")).is_listed = False
        db.session.commit()
    assert hints(browser.get("/en/objectives/a1/join/"))["leader"] == "Somebody holds this office at present."


@pytest.mark.parametrize(
    ("region", "words"), [("africa", "Africa · {holder} holds"), ("europe", "Europe · For people of")]
)
def test_the_region_asked_for_decides_about_its_seat(app, browser, cast, region, words):
    page = browser.get(f"/en/objectives/a1/join/?role=representative&region={region}")
    wanted = words.format(holder=name_of(app, cast, "representative"))
    assert hints(page)["representative"].startswith(wanted)
    assert f"region={region}" in page("main form")["action"], "the next step is about the same seat"
    assert hints(browser.get("/en/objectives/a1/join/?region=atlantis"))["representative"].startswith("For")


def test_a_persons_own_region_decides_when_none_is_asked_for(app, cast):
    page = Browser(app).sign_in(cast.email("representative")).get("/en/objectives/a1/join/")
    if not hints(page):  # representatives are members of A1 too
        page = Browser(app).sign_in(cast.email("partner")).get("/en/objectives/a1/join/")
    assert " · " in hints(page)["representative"]


def test_whoever_lives_in_no_region_is_asked_about_none(app, cast):
    with app.app_context():
        db.session.get(Person, cast.id("partner")).country = "AQ"
        db.session.commit()
    page = Browser(app).sign_in(cast.email("partner")).get("/en/objectives/a1/join/")
    assert " · " not in hints(page)["representative"]


def test_a_member_who_follows_an_open_seat_is_shown_its_state(browser, cast):
    browser.sign_in(cast.email("member"))
    page = browser.get("/en/objectives/a1/join/?role=representative&region=europe")
    assert page.status == 200
    assert "Europe ·" in page.text("main .note") and "already a Team Member" in page.text("main .note")
    assert page("main form") is None
    assert browser.get("/en/objectives/a1/join/").status == 303


def test_asking_for_a_held_office_says_who_holds_it_and_keeps_the_text(browser, app, cast):
    browser.sign_in(cast.email("partner"))
    page = browser.post("/en/objectives/a1/join/", role="leader", contribution="Soil maps.")
    assert page.status == 409
    assert name_of(app, cast, "leader") in page.text("main .note")
    assert page("[name=contribution]")["value"] == "Soil maps."
