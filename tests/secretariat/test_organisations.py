"""Organisations on the desk: found, changed, shown to everyone or not, and taken along as a file."""

import csv
import io
from datetime import timedelta

import pytest

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Organisation, StandingState
from tests.browser import Browser

PATH = "/en/secretariat/organisations/"


def get(app, organisation_id):
    with app.app_context():
        return db.session.get(Organisation, organisation_id)


def facts(**changed):
    known = {"version": "1", "name": "Soil Trust", "country": "KE", "kind": "civil_society", "aliases": ""}
    return {**known, **changed}


def test_an_organisation_is_found_by_any_of_its_names(desk, organisation_of):
    organisation_of("Soil Trust", aliases=["土壤信托"])
    assert "Soil Trust" in desk.get(PATH + "?q=土壤信托").text("table")
    assert "No organisation fits" in desk.get(PATH + "?q=zzzz").text("main")


def test_proposed_ones_and_those_about_to_lapse_are_listed_apart(app, desk, organisation_of):
    organisation_of("Newly Proposed")
    ending = organisation_of("Soon Over")
    with app.app_context():
        one = db.session.get(Organisation, ending)
        one.stand(StandingState.MEMBER, None, evidence="Letter", until=now() + timedelta(days=89))
        db.session.commit()
    proposed, lapsing = desk.get(PATH + "?which=proposed"), desk.get(PATH + "?which=lapsing")
    assert "Newly Proposed" in proposed.text("table") and "Soon Over" not in proposed.text("table")
    assert "Soon Over" in lapsing.text("table") and "Newly Proposed" not in lapsing.text("table")
    assert desk.get("/en/secretariat/").text("main").count("Standing ends within 90 days 1") == 1


def test_names_and_facts_are_changed_and_found_at_once(app, browser, desk, organisation_of, acts):
    one = organisation_of("Soil Trsut", country="KE")
    page = desk.post(
        f"{PATH}{one}/facts/",
        **facts(aliases="ST\nصندوق التربة\nST", website="https://soil.example", is_accepted="y"),
    )
    assert page.status == 303
    kept = get(app, one)
    assert (kept.name, kept.aliases, kept.kind) == ("Soil Trust", ["ST", "صندوق التربة"], "civil_society")
    assert "Soil Trust" in browser.get("/ar/search/?q=صندوق التربة").text("#results")
    assert browser.get(f"/en/organisations/{one}/").status == 200
    assert "organisation.changed" in acts()


def test_an_organisation_is_shown_to_everyone_only_when_the_secretariat_says_so(
    browser, desk, organisation_of
):
    one = organisation_of("Soil Trust", country="KE")
    assert browser.get(f"/en/organisations/{one}/").status == 404
    desk.post(f"{PATH}{one}/facts/", **facts(is_accepted="y"))
    assert browser.get(f"/en/organisations/{one}/").status == 200
    desk.post(f"{PATH}{one}/facts/", **facts(version="2"))
    assert browser.get(f"/en/organisations/{one}/").status == 404


def test_the_second_of_two_editors_sees_both_versions_and_loses_nothing(app, desk, organisation_of):
    one = organisation_of("Soil Trust", country="KE")
    assert desk.post(f"{PATH}{one}/facts/", **facts(name="First wins")).status == 303
    clash = desk.post(f"{PATH}{one}/facts/", **facts(name="Second typed"))
    assert clash.status == 409
    assert clash("#name")["value"] == "Second typed" and "First wins" in clash.text(".errsum")
    assert get(app, one).name == "First wins"
    again = clash("input[name=version]")["value"]
    assert desk.post(f"{PATH}{one}/facts/", **facts(name="Second typed", version=again)).status == 303


def test_a_refused_form_still_knows_what_it_began_with(app, desk, organisation_of):
    one = organisation_of("Soil Trust", country="KE")
    refused = desk.post(f"{PATH}{one}/facts/", **facts(name=""))
    desk.post(f"{PATH}{one}/facts/", **facts(name="Saved meanwhile"))
    began = refused("input[name=version]")["value"]
    assert desk.post(f"{PATH}{one}/facts/", **facts(name="Mended", version=began)).status == 409
    assert get(app, one).name == "Saved meanwhile"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"country": "ZZ"},
        {"kind": "planet"},
        {"website": "javascript:alert(1)"},
        {"website": "https://"},
        {"website": "https:// x.y"},
        {"aliases": "x" * 201},
        {"aliases": "\n".join(f"Name {n}" for n in range(51))},
    ],
)
def test_a_fact_that_cannot_be_is_explained_beside_its_field(app, desk, organisation_of, wrong):
    one = organisation_of("Soil Trust", country="KE")
    page = desk.post(f"{PATH}{one}/facts/", **facts(**wrong))
    assert page.status == 422 and page(".errsum") and page.soup.title.text.startswith("Error:")
    assert get(app, one).version == 1


def test_the_list_can_be_taken_along_without_a_formula_in_it(desk, organisation_of, acts):
    organisation_of("=HYPERLINK(1)")
    response = desk.client.post(PATH + "file/", data={"csrf_token": desk.token()})
    rows = list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"))))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "'=HYPERLINK(1)" in [row["name"] for row in rows]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert "organisation.exported" in acts()


def test_nobody_else_sees_an_organisation_that_waits(app, cast, organisation_of):
    one = organisation_of("Secretly Proposed")
    member = Browser(app).sign_in(cast.email("member"))
    assert member.get(f"{PATH}{one}/facts/").status == 403
    assert "Secretly" not in member.get("/en/search/?q=secretly").text("#results")


def test_a_company_can_be_a_partner_but_not_a_member(app, desk, organisation_of):
    one = organisation_of("Soil Ltd", country="KE", kind="company")
    refused = desk.post(f"{PATH}{one}/", state="member", evidence="Letter")
    assert refused.status == 422 and "not a member" in refused.text(".errsum")
    assert desk.post(f"{PATH}{one}/", state="partner", evidence="Letter").status == 303
    other = organisation_of("Soil Trust", country="KE", kind="civil_society", state="member")
    changed = desk.post(f"{PATH}{other}/facts/", **facts(kind="company"))
    assert changed.status == 422 and "not a member" in changed.text(".errsum")
