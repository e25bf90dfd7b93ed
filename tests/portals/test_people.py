"""Who is in a region: by country, by the organisation where no country is said, and named only as they wish."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Affiliation, Organisation, Person
from permille.taskforces.models import Membership
from tests.people.following import sign_up


def count_of(browser, where, country):
    rows = browser.get(where).soup.select("table tbody tr")
    return {row.th.get_text(): row.td.get_text() for row in rows}.get(country, "0")


def organisation(app, name="Mau Soil Watch", country="KE", *, accepted=True):
    with app.app_context():
        one = Organisation(name=name, country=country)
        db.session.add(one)
        db.session.flush()
        one.accepted_at = one.created_at if accepted else None
        db.session.commit()
        return one.id


def somebody(app, email, *, country=None, published=(), belongs=None, confirmed=True, listed=True):
    with app.app_context():
        person = Person(email=email, name=email, country=country, published=list(published), affiliations=[])
        person.is_listed = listed
        person.confirm()
        if belongs:
            affiliation = Affiliation(organisation_id=belongs)
            person.affiliations.append(affiliation)
            affiliation.confirmed_at = person.confirmed_at if confirmed else None
        db.session.add(person)
        db.session.commit()
        return person.id


def test_whoever_signs_up_is_in_the_region_of_their_country(app, browser, mails):
    before = int(count_of(browser, "/en/africa/", "Kenya"))
    sign_up(browser, mails, country="KE")
    assert int(count_of(browser, "/en/africa/", "Kenya")) == before + 1
    browser.post("/en/objectives/c3/join/", role="member", contribution="Terraces.")
    assert browser.post("/en/objectives/c3/join/check/").status == 303
    with app.app_context():
        newest = db.session.scalars(select(Membership).order_by(Membership.id.desc())).first()
        assert newest.region == "africa"
    assert "Ana Núñez" in browser.get("/en/africa/").text("main")


def test_where_no_country_is_said_that_of_the_organisation_counts(app, browser, cast):
    before = int(count_of(browser, "/en/africa/", "Kenya"))
    regions = browser.get("/en/regions/").text("main li")
    institute = organisation(app)
    person = somebody(app, "quiet@village.example", belongs=institute, confirmed=False)
    assert int(count_of(browser, "/en/africa/", "Kenya")) == before + 1
    assert browser.get("/en/regions/").text("main li") != regions
    with app.app_context():
        db.session.add(Membership(objective_id=1, person_id=person))
        db.session.commit()
    assert "quiet@village.example" in browser.get("/en/africa/").text("main")


def test_a_country_leads_to_its_people_and_organisations(app, browser):
    institute = organisation(app)
    organisation(app, "Unheard Farm", accepted=False)
    somebody(app, "open", country="KE", published=["country"])
    somebody(app, "by-organisation", belongs=institute)
    somebody(app, "hidden-country", country="KE")
    somebody(app, "claimed-only", belongs=institute, confirmed=False)
    somebody(app, "unlisted", country="KE", published=["country"], listed=False)
    door = browser.get("/en/africa/")("table tbody a[href*='country=KE']")
    text = browser.get(door["href"]).text("main")
    assert "Mau Soil Watch" in text and "Unheard Farm" not in text
    assert {one for one in ("open", "by-organisation") if f"{one} " in text + " "} == {
        "open",
        "by-organisation",
    }
    assert not [one for one in ("hidden-country", "claimed-only", "unlisted") if one in text]


def test_the_whole_region_is_listed_a_page_at_a_time(app, browser):
    ids = [somebody(app, f"p{n:02}", country="KE", published=["country"]) for n in range(45)]
    seen, where = [], "/en/africa/people/?country=KE"
    for _page in range(10):
        page = browser.get(where)
        people = page.soup.select("main .list a[href*='/people/']")
        seen += [int(a["href"].split("/")[-2]) for a in people]
        following = page("a[rel=next][href*='people=']")
        if following is None:
            break
        where = following["href"]
    assert [one for one in seen if one in ids] == ids[::-1]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("where", ["/en/africa/people/?country=FR", "/en/africa/people/?people=-1"])
def test_what_is_not_of_the_region_is_not_there(browser, where):
    assert browser.get(where).status == 404


def test_a_country_without_anybody_says_so_and_offers_a_way_on(browser):
    page = browser.get("/en/africa/people/?country=EH")
    assert "Nobody has joined from here yet" in page.text("main")
    assert "No organisation of this place is here yet" in page.text("main")


def test_a_representative_who_is_listed_has_a_door_on_the_portal(browser, cast):
    assert browser.get("/en/africa/")(f"main a[href='/en/people/{cast.id('representative')}/']")


def test_home_greets_somebody_of_a_task_force_with_their_own(browser, cast):
    assert "Your task forces" not in browser.get("/en/").text("main")
    browser.sign_in(cast.email("leader"))
    page = browser.get("/en/")
    assert page.text("h1") == "Your task forces"
    assert "Leader" in page.text("main .chips")
    assert "A1" in page.text("main .chips")


def test_home_greets_somebody_of_none_with_the_pitch(browser, cast):
    browser.sign_in(cast.email("newcomer"))
    assert browser.get("/en/").text("h1") == "Four more in every thousand"
