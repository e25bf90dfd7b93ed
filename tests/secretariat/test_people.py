"""People on the desk: found by any part of their name, ruled on by others than themselves, told what happened."""

import pytest

from permille.foundation.database import db
from permille.people.models import Person, Role
from permille.regions.countries import region_of
from tests.browser import Browser

PATH = "/en/secretariat/people/"


def get(app, person_id):
    with app.app_context():
        return db.session.get(Person, person_id)


@pytest.mark.parametrize("words", ["mariana", "QUISPE", "member@demo", "quispé mariana"])
def test_a_person_is_found_by_a_part_of_their_name_or_address(desk, words):
    page = desk.get(PATH + f"?q={words}")
    assert "Mariana Quispe" in page.text("table")
    assert "No" not in page.text("h1")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("code=a1&office=leader", {"leader"}),
        ("code=a1&office=representative", {"representative"}),
        ("code=a1", {"leader", "representative", "member"}),
        ("code=b3", set()),
        ("which=funder", {"funder"}),
        ("where=atlantis", set()),
    ],
)
def test_people_are_narrowed_by_what_they_do_and_where_they_are(desk, asked, found):
    page = desk.get(f"{PATH}?{asked}").text("main")
    everyone = {"leader", "representative", "member", "partner", "newcomer", "funder", "secretary"}
    assert {part for part in everyone if f" {part}@demo.example" in page} == found


def test_a_region_holds_those_of_its_countries_and_an_organisation_those_who_belong_to_it(app, desk, cast):
    person = get(app, cast.id("member"))
    for where in (person.country, region_of(person.country).slug):
        assert "Mariana Quispe" in desk.get(f"{PATH}?where={where}").text("table")
    assert "Nobody fits" in desk.get(f"{PATH}?where=AQ").text("main")
    with app.app_context():
        organisation = db.session.get(Person, person.id).affiliation.organisation_id
    assert "Mariana Quispe" in desk.get(f"{PATH}?organisation={organisation}").text("table")


def test_whoever_says_no_country_is_in_that_of_their_organisation(app, desk, cast):
    with app.app_context():
        person = db.session.get(Person, cast.id("member"))
        person.country, country = None, person.affiliation.organisation.country
        db.session.commit()
    for where in (country, region_of(country).slug):
        page = desk.get(f"{PATH}?where={where}")
        assert page.text("main").count("member@demo.example") == 1
        assert page.text("main .meta").startswith(f"{len(page.soup.select('tbody tr'))} ")


def test_an_unlisted_person_is_found_too_and_their_involvement_shown(desk, cast):
    page = desk.get(f"{PATH}{cast.id('representative')}/").text("main")
    assert "representative@demo.example" in page and "A1 Regional Representative · Africa" in page


def test_a_role_is_changed_by_somebody_else_and_the_person_is_told(app, desk, cast, mails, acts):
    path = f"{PATH}{cast.id('partner')}/role/"
    assert desk.post(path, role="emperor").status == 422
    assert desk.post(path, role="secretary").status == 303
    assert get(app, cast.id("partner")).role == Role.SECRETARY
    assert (mails()[-1]["to"], mails()[-1]["lang"]) == (cast.email("partner"), "zh")
    assert "person.role_changed" in acts()
    assert Browser(app).sign_in(cast.email("partner")).get("/zh/secretariat/").status == 200


def test_a_role_that_stays_as_it_was_is_told_to_nobody(desk, cast, mails, acts):
    page = desk.post(f"{PATH}{cast.id('partner')}/role/", follow=True, role="person")
    assert "The role is changed" not in page.text() and "Nothing was changed." in page.text()
    assert mails() == [] and "person.role_changed" not in acts()


def test_nobody_rules_on_themselves(app, desk, cast):
    own = f"{PATH}{cast.id('secretary')}/"
    assert "This is you" in desk.get(own).text("main")
    for page in (desk.get(own + "role/"), desk.get(own + "suspend/"), desk.post(own + "role/", role="person"),
                 desk.post(own + "suspend/", reason="x"), desk.post(own + "let-in/"), desk.post(own + "sign-out/")):  # fmt: skip
        assert page.status == 403
    assert get(app, cast.id("secretary")).role == Role.SECRETARY


def test_a_suspension_needs_a_reason_ends_every_session_and_is_explained(app, desk, cast, mails, acts):
    member = Browser(app).sign_in(cast.email("member"))
    path = f"{PATH}{cast.id('member')}/suspend/"
    assert desk.post(path, reason="").status == 422
    assert desk.post(path, reason="Advertising, three times.").status == 303
    assert member.get("/en/me/").status == 302
    assert (
        Browser(app).post("/en/sign-in/", email=cast.email("member"), password="four per thousand").status
        != 303
    )
    assert mails()[-1]["to"] == cast.email("member") and "Advertising, three times." in mails()[-1]["body"]
    assert "person.suspended" in acts()
    assert "Advertising" in desk.get(f"{PATH}{cast.id('member')}/").text("main")
    assert desk.post(path, reason="Again").status == 409
    assert "Mariana Quispe" in desk.get(PATH + "?which=suspended").text("table")


def test_a_suspension_is_ended_and_the_person_comes_back_as_before(app, desk, cast, mails):
    desk.post(f"{PATH}{cast.id('member')}/suspend/", reason="A mistake.")
    assert desk.post(f"{PATH}{cast.id('member')}/let-in/").status == 303
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200
    assert mails()[-1]["to"] == cast.email("member")
    assert get(app, cast.id("member")).suspension_reason == ""
    assert desk.post(f"{PATH}{cast.id('member')}/let-in/").status == 409


def test_a_lost_device_is_signed_out_from_the_desk(app, desk, cast, acts):
    member = Browser(app).sign_in(cast.email("member"))
    assert "1 device" in desk.get(f"{PATH}{cast.id('member')}/").text("main")
    assert desk.post(f"{PATH}{cast.id('member')}/sign-out/").status == 303
    assert member.get("/en/me/").status == 302
    assert "person.signed_out" in acts()


def test_the_reason_of_a_suspension_is_part_of_ones_own_data(app, desk, cast):
    from permille.foundation.erasure import tell_all

    desk.post(f"{PATH}{cast.id('member')}/suspend/", reason="Advertising.")
    with app.app_context():
        told = tell_all(db.session, db.session.get(Person, cast.id("member")))
    assert told["account"]["reason of the suspension"] == "Advertising."
