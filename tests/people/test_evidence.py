"""Showing that one belongs to an organisation: words and files, kept for as long as they serve."""

import json
from io import BytesIO

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Affiliation, ClaimFile, Organisation, StandingState
from permille.secretariat.queries import evidence_count
from tests.browser import Browser
from tests.cast import change_row
from tests.engines import ON_SQLITE

PAGE = "/en/me/organisation/evidence/"
LETTER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def claimant(app, cast):
    """The newcomer, who says they belong to an organisation that is a partner."""
    with app.app_context():
        for old in db.session.scalars(
            select(Affiliation).where(Affiliation.person_id == cast.id("newcomer"))
        ):
            db.session.delete(old)
        db.session.flush()
        one = Organisation(name="Soil Trust", country="FR", aliases=[], accepted_at=now())
        one.stand(StandingState.PARTNER, None, evidence="Letter")
        db.session.add(one)
        db.session.flush()
        db.session.add(Affiliation(person_id=cast.id("newcomer"), organisation=one))
        db.session.commit()
    return Browser(app).sign_in(cast.email("newcomer"))


def claim(app, cast):
    """Return the row of the newcomer's last affiliation."""
    with app.app_context():
        query = select(Affiliation).where(Affiliation.person_id == cast.id("newcomer"))
        return db.session.scalars(query.order_by(Affiliation.id.desc()).limit(1)).one()


def files(app):
    with app.app_context():
        return list(db.session.scalars(select(ClaimFile).order_by(ClaimFile.id)))


def send(browser, path=PAGE, **fields):
    """Send the form of the page as it stands, filled in."""
    shown = browser.get(PAGE)("[name=claim]")
    return browser.post(path, claim=shown["value"] if shown else "", **fields)


def add(browser, name="letter.pdf", content=LETTER, **fields):
    return send(browser, file=(BytesIO(content), name), **fields)


def test_words_and_a_file_go_with_the_claim_and_the_file_can_be_taken_away(app, cast, claimant):
    assert claimant.get("/en/me/")(f"main a[href='{PAGE}']")
    sent = add(claimant, "Lettre n° 1.pdf", function="I keep the soil maps.", more="1")
    assert sent.location == PAGE
    page = claimant.get(PAGE)
    assert page.text("#function") == "I keep the soil maps." and "1 kB" in page.text("#files + ul")
    (file,) = files(app)
    got = claimant.client.get(f"{PAGE}{file.id}/")
    assert got.data == LETTER and got.headers["Content-Disposition"].startswith("attachment")
    assert Browser(app).sign_in(cast.email("partner")).get(f"{PAGE}{file.id}/").status == 404
    assert "Lettre n° 1.pdf" in claimant.get(f"{PAGE}{file.id}/remove/").text("main")
    assert claimant.post(f"{PAGE}{file.id}/remove/").location == PAGE
    assert files(app) == [] and claim(app, cast).function == "I keep the soil maps."


@ON_SQLITE
def test_whoever_came_from_a_form_goes_back_to_it_and_only_to_a_page_of_ours(app, cast, claimant):
    assert send(claimant, f"{PAGE}?next=/en/objectives/a2/join/").location == "/en/objectives/a2/join/"
    assert send(claimant, f"{PAGE}?next=https://evil.example/").location == "/en/me/"
    assert claim(app, cast).shown_at is None, "going on without a word shows nothing"


@ON_SQLITE
@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [("page.html", b"<p>", "cannot be attached"), ("letter.pdf", b"<html>", "not what its name says")],
)
def test_a_file_that_cannot_be_kept_is_refused_and_the_words_stay_in_the_form(
    app, cast, claimant, name, content, problem
):
    page = add(claimant, name, content, function="Soil maps.")
    assert page.status == 422 and problem in page.text(".errsum") and page.text("#function") == "Soil maps."
    assert files(app) == [] and claim(app, cast).function == ""


@ON_SQLITE
def test_what_was_typed_for_one_organisation_never_lands_with_another(app, cast, claimant):
    first = claimant.get(PAGE)("[name=claim]")["value"]
    claimant.post("/en/me/organisation/propose/", name="Unheard Farm", country="KE")
    page = claimant.post(
        PAGE, claim=first, function="Soil maps.", standing="y", file=(BytesIO(LETTER), "letter.pdf")
    )
    assert page.status == 409 and "nothing was saved" in page.text("[role=alert]")
    assert page.text("#function") == "Soil maps." and "Unheard Farm" in page.text("main")
    assert files(app) == [] and claim(app, cast).function == "" and state_of(app, cast) == "claimed"
    again = {"claim": page("[name=claim]")["value"], "function": page.text("#function")}
    assert claimant.post(PAGE, **again).status == 303 and claim(app, cast).function == "Soil maps."


@ON_SQLITE
def test_there_is_room_for_three_files(app, claimant):
    for n in range(3):
        assert add(claimant, f"{n}.pdf").status == 303
    assert claimant.get(PAGE)("[type=file]") is None
    page = add(claimant, "4.pdf", function="Soil maps.")
    assert page.status == 422 and "up to 3 files" in page.text(".errsum") and len(files(app)) == 3


@ON_SQLITE
def test_too_many_words_are_said_beside_the_field(claimant):
    page = send(claimant, function="x" * 501)
    assert page.status == 422 and "under 500" in page.text(".errsum")


@pytest.mark.parametrize("organisation", ["none", "other"])
def test_whoever_takes_a_claim_back_takes_along_what_they_showed(app, cast, claimant, organisation):
    add(claimant, function="Soil maps.")
    with app.app_context():
        query = select(Organisation.id).where(Organisation.name != "Soil Trust").limit(1)
        other = db.session.scalars(query).one()
    answer = organisation if organisation == "none" else str(other)
    assert claimant.post("/en/me/organisation/", organisation=answer).status == 303
    with app.app_context():
        first = (
            select(Affiliation).where(Affiliation.person_id == cast.id("newcomer")).order_by(Affiliation.id)
        )
        assert db.session.scalars(first).first().function == ""
    assert files(app) == []


def test_what_was_shown_is_told_to_its_owner_and_goes_with_the_account(app, claimant):
    add(claimant, function="Soil maps.")
    told = json.loads(claimant.post("/en/me/data/").html)["affiliations"][-1]
    assert told["how you belong to it"] == "Soil maps." and told["files"] == [
        {"name": "letter.pdf", "bytes": len(LETTER)}
    ]
    assert claimant.post("/en/me/delete/").status == 303
    assert files(app) == []


@ON_SQLITE
def test_once_it_is_decided_nothing_is_added_or_taken_away(app, cast, claimant):
    add(claimant)
    (file,) = files(app)
    change_row(app, Affiliation, claim(app, cast).id, confirmed_at=now())
    assert claimant.get(PAGE).location == "/en/me/"
    assert add(claimant).status == 409
    for path in (f"{PAGE}{file.id}/", f"{PAGE}{file.id}/remove/"):
        assert claimant.get(path).status == 404
    assert claimant.post(f"{PAGE}{file.id}/remove/").status == 404 and len(files(app)) == 1


def state_of(app, cast):
    with app.app_context():
        return db.session.get_one(Organisation, claim(app, cast).organisation_id).state


@pytest.mark.parametrize("with_file", [True, False])
def test_what_shows_the_standing_of_an_organisation_makes_it_evidence_received(
    app, cast, claimant, with_file
):
    claimant.post("/en/me/organisation/propose/", name="Unheard Farm", country="KE")
    page = send(claimant, standing="y")
    assert page.status == 422 and page(".errsum a[href='#standing']"), "a tick alone shows nothing"
    sent = (
        add(claimant, standing="y") if with_file else send(claimant, standing="y", function="Signed in May.")
    )
    assert sent.status == 303 and state_of(app, cast) == "evidence"
    desk = Browser(app).sign_in(cast.email("secretary"))
    listed = desk.get("/en/secretariat/organisations/?which=evidence&q=unheard")
    counted = desk.get("/en/secretariat/").text("a[href$='which=evidence'] + b")
    with app.app_context():
        assert int(counted) == evidence_count(db.session) >= 1
    assert "Unheard Farm" in listed.text("tbody")
    assert "Unheard Farm" in desk.get("/en/secretariat/organisations/?which=proposed").text("tbody")
    about = desk.get(listed("tbody a")["href"])
    assert "Evidence received" in about.text("main") and about("a[href^='/en/secretariat/affiliations/?q=']")


@ON_SQLITE
@pytest.mark.parametrize(
    ("before", "after"), [("partner", "partner"), ("lapsed", "lapsed"), ("withdrawn", "withdrawn")]
)
def test_what_the_secretariat_has_decided_about_an_organisation_no_claim_changes(
    app, cast, claimant, before, after
):
    change_row(app, Organisation, claim(app, cast).organisation_id, state=before)
    assert bool(claimant.get(PAGE)("[name=standing]")) == (before != "partner")
    assert add(claimant, standing="y").status == 303
    assert state_of(app, cast) == after
