"""A region's portal leads only to what is there."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Affiliation, Person
from permille.taskforces.models import Membership
from tests.cast import change
from tests.portals.test_people import organisation, somebody


def test_a_representative_who_is_suspended_is_named_without_a_door(app, browser, cast):
    door = f"main a[href='/en/people/{cast.id('representative')}/']"
    assert browser.get("/en/africa/")(door)
    with app.app_context():
        since = db.session.get(Person, cast.id("representative")).created_at
    name = change(app, cast.id("representative"), suspended_at=since)
    page = browser.get("/en/africa/")
    assert name in page.text("main") and not page(door)


def test_whoever_has_not_confirmed_their_address_is_no_news(app, browser):
    person = somebody(app, "nadia", country="KE")
    with app.app_context():
        db.session.add(Membership(objective_id=1, person_id=person, region="africa"))
        db.session.commit()
    assert "nadia" in browser.get("/en/africa/").text("main")
    change(app, person, confirmed_at=None)
    assert "nadia" not in browser.get("/en/africa/").text("main")


@pytest.mark.parametrize("hidden", ["confirmed_at", "is_listed", "suspended_at"])
def test_an_organisation_names_those_everyone_may_find(app, browser, hidden):
    one = organisation(app)
    somebody(app, "wangari", belongs=one)
    person = somebody(app, "nadia", belongs=one)
    path = f"/en/organisations/{one}/"
    assert "nadia" in browser.get(path).text("main")
    with app.app_context():
        joined = db.session.scalar(select(Affiliation.created_at).where(Affiliation.person_id == person))
    change(
        app, person, **{hidden: {"confirmed_at": None, "is_listed": False, "suspended_at": joined}[hidden]}
    )
    page = browser.get(path).text("main")
    assert "nadia" not in page and "wangari" in page


def test_the_people_of_an_organisation_are_listed_a_page_at_a_time(app, browser):
    one = organisation(app)
    names = [f"nadia{n:02}@mau.example" for n in range(55)]
    for name in names[::-1]:
        somebody(app, name, belongs=one)
    seen, pages, where = [], 0, f"/en/organisations/{one}/"
    while where:
        page, pages = browser.get(where), pages + 1
        seen += [a.get_text() for a in page.soup.select("main .list a")]
        following = page("a[rel=next]")
        where = following["href"] if following else None
    assert seen == names and pages == 2


def test_what_cannot_be_a_page_of_people_is_not_there(app, browser):
    assert browser.get(f"/en/organisations/{organisation(app)}/?after=-1").status == 404
