"""Profiles, organisations, taking data along and going."""

import json

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people import claims
from permille.people.models import Affiliation, Organisation, Person, SignedIn, StandingState
from tests.browser import Browser
from tests.people.following import sign_up


@pytest.fixture
def institute(app):
    with app.app_context():
        one = Organisation(
            name="Institut des sols vivants", aliases=["ISV", "معهد التربة الحية", "活土研究所"], country="FR"
        )
        db.session.add(one)
        one.stand(StandingState.PARTNER, None)
        db.session.flush()
        claims.index_organisation(db.session, one)
        db.session.commit()
        return one.id


def id_of(app, email="ana@farm.example"):
    with app.app_context():
        return db.session.scalar(select(Person.id).where(Person.email == email))


@pytest.mark.parametrize("words", ["isv", "sols vivants", "معهد التربة", "活土"])
def test_an_organisation_is_found_by_any_of_its_names_in_any_script(browser, mails, institute, words):
    sign_up(browser, mails)
    assert "Institut des sols vivants" in browser.get(f"/en/me/organisation/?q={words}").text(
        "#organisations"
    )
    part = browser.get(f"/en/me/organisation/?q={words}", htmx=True)
    assert part.is_fragment
    assert part("#organisations") is not None


def test_an_affiliation_is_claimed_and_not_shown_to_others_before_it_is_confirmed(
    app, browser, mails, institute
):
    sign_up(browser, mails)
    assert browser.post("/en/me/organisation/?q=isv", organisation=str(institute)).status == 303
    mine = browser.get("/en/me/").text("main")
    assert "Institut des sols vivants" in mine
    assert "Claimed, not confirmed yet" in mine
    assert "Partner or member organisation" in mine
    others = Browser(app).get(f"/en/people/{id_of(app)}/").text("main")
    assert "Ana Núñez" in others
    assert "Institut" not in others
    assert "ana@farm.example" not in others
    assert "Ana" not in Browser(app).get(f"/en/organisations/{institute}/").text("main")


def test_an_unknown_organisation_is_proposed_and_not_public_yet(app, browser, mails):
    sign_up(browser, mails)
    assert "propose" in browser.get("/en/me/organisation/?q=Unheard").text("#organisations")
    bad = browser.post(
        "/en/me/organisation/propose/", name="Unheard Farm", country="KE", website="javascript:alert(1)"
    )
    assert bad.status == 422
    assert browser.post("/en/me/organisation/propose/", name="Unheard Farm", country="KE").status == 303
    assert "Unheard Farm" in browser.get("/en/me/").text("main")
    with app.app_context():
        row = db.session.scalars(select(Organisation).where(Organisation.name == "Unheard Farm")).one()
        assert row.accepted_at is None
    assert browser.get(f"/en/organisations/{row.id}/").status == 404


def add(app, name, country, **facts):
    with app.app_context():
        one = Organisation(**{"name": name, "country": country, "aliases": [], "accepted_at": now(), **facts})
        db.session.add(one)
        db.session.flush()
        claims.index_organisation(db.session, one)
        db.session.commit()
        return one.id


def test_an_organisation_of_the_same_name_elsewhere_is_asked_about_and_not_claimed(app, browser, mails):
    elsewhere = add(app, "Ministry of Delta Lands", "EG")
    sign_up(browser, mails)
    said = {"name": "Ministry of Delta Lands", "country": "KE"}
    asked = browser.post("/en/me/organisation/propose/", **said)
    assert asked.status == 409 and "Egypt" in asked.text(".errsum")
    assert browser.post("/en/me/organisation/propose/", **said, is_another="y").status == 303
    person = id_of(app)
    with app.app_context():
        rows = db.session.scalars(select(Organisation).where(Organisation.name == said["name"])).all()
        assert sorted(row.country for row in rows) == ["EG", "KE"]
        held = db.session.scalars(select(Affiliation).where(Affiliation.person_id == person)).one()
        assert held.organisation_id != elsewhere


def test_the_same_name_in_the_same_country_is_the_same_organisation_among_any_number(app, browser, mails):
    known = add(app, "Soil", "KE")
    for n in range(60):
        add(app, f"Soil {n}", "KE")
    sign_up(browser, mails)
    assert browser.post("/en/me/organisation/propose/", name="SOIL", country="KE").status == 303
    with app.app_context():
        held = db.session.scalars(select(Affiliation).where(Affiliation.person_id == id_of(app))).one()
        assert held.organisation_id == known


def test_the_search_says_how_many_there_are_shows_all_of_them_in_turn_and_takes_a_country(
    app, browser, mails
):
    for n in range(45):
        add(app, f"Soil Group {n:02}", "KE" if n > 40 else "FR")
    sign_up(browser, mails)
    page, seen = browser.get("/en/me/organisation/?q=soil group"), []
    assert "45 organisations found" in page.text("#organisations")
    while True:
        seen += [one.get_text(strip=True) for one in page.soup.select("#organisations label b")][:-1]
        if not page("#organisations form a"):
            break
        page = browser.get(page("#organisations form a")["href"], htmx=True)
    assert seen == [f"Soil Group {n:02}" for n in range(45)]
    assert "4 organisations found" in browser.get("/en/me/organisation/?q=soil group&country=KE").text()


def test_the_search_shows_who_is_a_partner_or_member(browser, mails, institute):
    sign_up(browser, mails)
    found = browser.get("/en/me/organisation/?q=isv").text("#organisations label")
    assert "France" in found and "Partner or member organisation" in found


def test_somebody_takes_part_without_an_organisation_and_the_record_stays(app, browser, mails, institute):
    sign_up(browser, mails)
    browser.post("/en/me/organisation/", organisation=str(institute))
    assert browser.post("/en/me/organisation/", organisation="none").status == 303
    with app.app_context():
        rows = db.session.scalars(select(Affiliation).where(Affiliation.person_id == id_of(app))).all()
        assert [row.ended_at is not None for row in rows] == [True]


def test_nothing_but_the_name_is_public_until_its_owner_says_so(app, browser, mails):
    sign_up(browser, mails)
    said = {
        "name": "Ana Núñez",
        "country": "PE",
        "languages": ["es"],
        "about": "I grow quinoa.",
        "naming": "everyone",
    }
    browser.post("/en/me/profile/", **said)
    page = f"/en/people/{id_of(app)}/"
    shown = Browser(app).get(page).text("main")
    assert "Peru" not in shown
    assert "quinoa" not in shown
    browser.post("/en/me/profile/", **said, published=["country", "about"])
    shown = Browser(app).get(page).text("main")
    assert "Peru" in shown
    assert "quinoa" in shown
    assert "Español" not in shown


def test_whoever_is_not_listed_has_no_public_page(app, browser, mails):
    sign_up(browser, mails)
    browser.post("/en/me/profile/", name="Ana Núñez", naming="teammates")
    assert Browser(app).get(f"/en/people/{id_of(app)}/").status == 404


def test_theme_and_language_are_kept_in_plain_cookies(browser):
    done = browser.post("/en/settings/", theme="dark", language="ar")
    assert done.location == "/ar/settings/"
    assert browser.get("/ar/settings/")("html")["data-theme"] == "dark"


def test_everything_held_about_somebody_can_be_taken_along(browser, mails):
    sign_up(browser, mails)
    page = browser.post("/en/me/data/")
    assert page.headers["Content-Disposition"].startswith("attachment")
    told = json.loads(page.html)
    assert told["account"]["e-mail"] == "ana@farm.example"
    assert told["sessions"]
    assert "task forces" in told


@pytest.mark.parametrize("part", ["leader", "secretary", "member"])
def test_a_deleted_account_is_gone_and_its_owner_is_told(app, browser, cast, mails, part):
    browser.sign_in(cast.email(part))
    assert browser.get("/en/me/delete/").status == 200
    assert browser.post("/en/me/delete/").status == 303
    assert browser.get("/en/me/").status == 302
    assert mails()[-1]["to"] == cast.email(part)
    with app.app_context():
        assert db.session.get(Person, cast.id(part)) is None
        assert db.session.scalars(select(SignedIn).where(SignedIn.person_id == cast.id(part))).all() == []
    assert Browser(app).get(f"/en/people/{cast.id(part)}/").status == 404
