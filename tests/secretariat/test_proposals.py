"""Organisations somebody proposed: seen by few, accepted or rejected; and those the desk adds by itself."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Affiliation, Organisation
from tests.browser import Browser

PATH = "/en/secretariat/organisations/"


@pytest.fixture
def proposal(app, cast):
    """The newcomer proposed it and says to belong to it."""
    newcomer = Browser(app).sign_in(cast.email("newcomer"))
    newcomer.post("/en/me/organisation/propose/", name="Secret Startup XY", country="KE")
    with app.app_context():
        return db.session.scalars(
            select(Organisation.id).where(Organisation.name == "Secret Startup XY")
        ).one()


def test_a_proposal_is_found_and_claimed_by_its_proposer_only(app, cast, desk, proposal):
    path = "/en/me/organisation/?q=secret startup"
    newcomer = Browser(app).sign_in(cast.email("newcomer"))
    partner = Browser(app).sign_in(cast.email("partner"))
    assert "Secret Startup XY" in newcomer.get(path).text("#organisations")
    assert "Secret Startup XY" not in partner.get(path).text("#organisations")
    assert partner.post("/en/me/organisation/", organisation=str(proposal)).status == 404
    assert "Secret Startup XY" in desk.get(PATH + "?q=secret startup").text("table")


def test_the_desk_sees_who_proposed_an_organisation_and_who_belongs_to_it(desk, proposal, cast):
    page = desk.get(f"{PATH}{proposal}/")
    links = [one["href"] for one in page.soup.select("main a")]
    assert links.count(f"/en/secretariat/people/{cast.id('newcomer')}/") == 2
    assert "Proposed by" in page.text("main") and "Claimed, not confirmed yet" in page.text("main")


def test_a_rejected_proposal_ends_the_claims_to_it_and_whoever_made_it_is_told_why(
    app, desk, proposal, cast, mails, acts
):
    asked = desk.get(f"{PATH}{proposal}/reject/")
    assert asked("textarea[name=reason]")
    assert desk.post(f"{PATH}{proposal}/reject/", reason="").status == 422
    assert desk.post(f"{PATH}{proposal}/reject/", reason="It has no address.").status == 303
    mail = mails()[-1]
    assert mail["to"] == cast.email("newcomer") and "It has no address." in mail["body"]
    with app.app_context():
        held = select(Affiliation.ended_at).where(Affiliation.organisation_id == proposal)
        assert None not in db.session.scalars(held).all()
    assert "Secret Startup" not in desk.get(PATH + "?which=proposed").text("main")
    assert "Secret Startup" in desk.get(PATH + "?which=withdrawn").text("table")
    newcomer = Browser(app).sign_in(cast.email("newcomer"))
    assert "Secret" not in newcomer.get("/en/me/organisation/?q=secret startup").text("#organisations form")
    assert desk.post(f"{PATH}{proposal}/reject/", reason="Again").status == 409
    assert "organisation.rejected" in acts()


def test_an_organisation_is_added_by_a_form(app, desk, browser, acts):
    said = {"name": "Soil Trust", "country": "KE", "kind": "civil_society", "aliases": "ST"}
    done = desk.post(PATH + "new/", **said, is_accepted="y")
    assert done.status == 303 and "Soil Trust" in desk.get(done.location).text("h1")
    assert "Soil Trust" in browser.get("/en/search/?q=ST").text("#results")
    assert "organisation.added" in acts()


def test_a_name_that_is_there_already_is_asked_about_before_it_is_added(app, desk, organisation_of):
    known = organisation_of("Fonds du sol", aliases=["Soil Trust"], country="FR")
    asked = desk.post(PATH + "new/", name="SOIL trust", country="KE")
    assert asked.status == 409 and asked(f'.errsum a[href="{PATH}{known}/"]')
    assert asked("#name")["value"] == "SOIL trust"
    assert desk.post(PATH + "new/", name="SOIL trust", country="KE", is_another="y").status == 303


def test_a_name_another_organisation_of_the_country_has_is_asked_about_before_it_is_taken(
    desk, organisation_of
):
    organisation_of("Soil Trust", country="KE")
    one = organisation_of("Soil Trsut", country="KE")
    said = {"version": "1", "name": "Soil Trust", "country": "KE"}
    assert desk.post(f"{PATH}{one}/facts/", **said).status == 409
    assert desk.post(f"{PATH}{one}/facts/", **said, is_another="y").status == 303


def test_the_list_is_by_name_counted_paged_and_narrowed_by_country_and_kind(desk, organisation_of):
    for n in range(120):
        kind = "research" if n == 100 else None
        organisation_of(f"soil Group {119 - n:03}", country="KE" if n > 100 else "FR", kind=kind)
    page, seen = desk.get(PATH + "?q=group"), []
    assert "120 organisations" in page.text("main")
    while True:
        seen += [one.get_text() for one in page.soup.select("tbody th a")]
        if not page(".pager a"):
            break
        page = desk.get(page(".pager a")["href"])
    assert seen == [f"soil Group {n:03}" for n in range(120)]
    assert "19 organisations" in desk.get(PATH + "?q=group&country=KE").text("main")
    assert "1 organisation" in desk.get(PATH + "?q=group&kind=research").text("main")
    assert "No organisation fits" in desk.get(PATH + "?q=group&which=member").text("main")
