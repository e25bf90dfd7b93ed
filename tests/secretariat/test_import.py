"""Importing organisations: first a true account of what would happen, then exactly that."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from permille.foundation.database import db
from permille.people.models import Organisation, StandingState
from permille.secretariat.models import ImportFile

HEAD = "name,country,kind,standing,evidence,until,aliases,website\n"
GOOD = HEAD + (
    "Soil Trust,KE,civil_society,partner,Declaration of 3 May 2026,2030-06-30,ST|Fonds du sol,https://soil.example\n"
    "Ministère des Sols,Maroc,State or public authority,claimed,,,,\n"
    "农民协会,中国,producers,,,,,\n"
)


def count(app):
    with app.app_context():
        return db.session.scalar(select(func.count(Organisation.id)))


def test_a_file_is_checked_first_and_imported_after_a_second_word(app, desk, acts):
    before = count(app)
    checked = desk.upload(GOOD)
    assert checked.status == 303 and count(app) == before
    page = desk.get(checked.location)
    assert "will be added 3" in page.text("main")
    assert count(app) == before
    assert desk.post(checked.location).status == 303
    assert count(app) == before + 3
    with app.app_context():
        trust = db.session.scalars(select(Organisation).where(Organisation.name == "Soil Trust")).one()
        assert trust.is_valid and trust.aliases == ["ST", "Fonds du sol"]
        assert trust.standings[0].evidence == "Declaration of 3 May 2026"
        assert f"{trust.state_until:%Y-%m-%d %H:%M}" == "2030-06-30 23:59"
    assert "organisation.imported" in acts()
    assert "Soil Trust" in desk.get("/en/search/?q=fonds du sol").text("#results")


def test_the_same_file_again_changes_nothing(app, desk):
    first = desk.upload(GOOD)
    desk.post(first.location)
    after = count(app)
    again = desk.upload(GOOD)
    page = desk.get(again.location)
    assert "stays as it is 3" in page.text("main") and not page("main form")
    assert count(app) == after


def test_a_file_is_imported_once(desk):
    path = desk.upload(GOOD).location
    assert desk.post(path).status == 303
    assert desk.post(path).status == 409
    assert desk.get(path).status == 409


def test_each_wrong_line_is_named_with_its_reason_and_left_out(app, desk):
    before = count(app)
    path = desk.upload(
        HEAD
        + ",KE,,,,,,\n"
        + "No Country,,,,,,,\n"
        + "Odd Country,Atlantis,,,,,,\n"
        + "Odd Kind,KE,planet,,,,,\n"
        + "No Evidence,KE,,partner,,,,\n"
        + "Odd Date,KE,,member,Letter,31/12/2027,,\n"
        + "Odd Site,KE,,,,,,javascript:alert(1)\n"
        + "No Site,KE,,,,,,https://\n"
        + "Odd Member,KE,company,member,Letter,,,\n"
        + "Good One,KE,,,,,,\n"
        + "good  one,KE,,,,,,\n"
    ).location
    page = desk.get(path).text("main")
    for words in ("“name” is empty", "“country” is empty", "“Atlantis” is not known", "“planet” is not known",
                  "needs evidence", "“31/12/2027” is not a date", "must start with https", "same organisation as in line 11", "but not a member"):  # fmt: skip
        assert words in page
    assert "left out 10" in page and "will be added 1" in page
    desk.post(path)
    assert count(app) == before + 1


def test_an_organisation_is_known_by_any_of_its_names_in_its_country_only(app, desk, organisation_of):
    known = organisation_of("Soil Trust", aliases=["Fonds du sol"], country="KE")
    path = desk.upload(
        HEAD + "fonds du SOL,KE,research,member,Letter,,New Name,\nFonds du sol,UG,,,,,,\n"
    ).location
    page = desk.get(path).text("main")
    assert "will be changed 1" in page and "will be added 1" in page
    desk.post(path)
    with app.app_context():
        one = db.session.get(Organisation, known)
        assert (one.name, one.aliases, one.kind) == ("Soil Trust", ["Fonds du sol", "New Name"], "research")
        assert one.state == StandingState.MEMBER


def test_a_line_that_came_true_meanwhile_is_not_added_twice(app, desk, organisation_of):
    path = desk.upload(HEAD + "Soil Trust,KE,,,,,,\n").location
    organisation_of("Soil Trust", country="KE")
    before = count(app)
    desk.post(path)
    assert count(app) == before


def test_a_file_that_cannot_be_used_says_why_and_keeps_nothing(app, desk):
    for text, name in ((GOOD, "list.xlsx"), ("", "a.csv"), ("title\nx", "a.csv"), (HEAD, "a.csv"), ("name,country,salary\nx,KE,1", "a.csv")):  # fmt: skip
        page = desk.upload(text, name)
        assert page.status == 422 and page.text(".errsum"), name
    page = desk.post("/en/secretariat/organisations/import/")
    assert page.status == 422
    with app.app_context():
        assert db.session.scalar(select(func.count(ImportFile.id))) == 0


def exported(desk):
    file = desk.client.post("/en/secretariat/organisations/file/", data={"csrf_token": desk.token()})
    return file.get_data().decode("utf-8-sig")


def checked(desk, rows):
    return desk.get(desk.upload(HEAD + rows).location).text("main")


def imported(desk, rows):
    assert desk.post(desk.upload(HEAD + rows).location).status == 303


def one_of(app, **facts):
    with app.app_context():
        return db.session.scalars(select(Organisation).filter_by(**facts)).one()


def test_a_list_taken_along_can_be_brought_back_and_nothing_changes(app, desk, organisation_of):
    organisation_of("+Agro", aliases=["'=odd", 'Bar | and "quote"', "Côte"], website="https://agro.example")
    ended = organisation_of("Long Over", kind="state")
    with app.app_context():
        one = db.session.get(Organisation, ended)
        until = datetime(2020, 1, 1, 8, tzinfo=UTC)
        one.stand(StandingState.MEMBER, None, evidence="-\nLetter", until=until, since=date(2018, 5, 3))
        db.session.commit()
    page = desk.get(desk.upload(exported(desk)).location).text("main")
    assert "will be added 0 will be changed 0" in page and "left out 0" in page


def test_two_lines_about_one_organisation_are_both_heard(app, desk, organisation_of):
    organisation_of("Soil Trust", aliases=["ST"], country="KE")
    imported(desk, "Soil Trust,KE,,,,,One,\nST,KE,,,,,Two,\n")
    assert one_of(app, name="Soil Trust").aliases == ["ST", "One", "Two"]


@pytest.mark.parametrize(
    "rows", ["Land Trust,KE,,,,,LT,\nLT,KE,research,,,,,\n", "LT,KE,research,,,,,\nLand Trust,KE,,,,,LT,\n"]
)
def test_a_line_named_like_another_lines_other_name_makes_no_second_organisation(app, desk, rows):
    before = count(app)
    imported(desk, rows)
    assert count(app) == before + 1
    with app.app_context():
        (one,) = [one for one in db.session.scalars(select(Organisation)) if "LT" in (one.name, *one.aliases)]
        assert {one.name, *one.aliases} == {"Land Trust", "LT"} and one.kind == "research"


def test_an_empty_cell_leaves_things_as_they_are_and_the_check_tells_before_and_after(app, desk):
    imported(desk, "Soil Trust,KE,research,partner,Declaration,2030-06-30,,https://soil.example\n")
    assert "stays as it is 1" in checked(desk, "Soil Trust,KE,,partner,,,,\n")
    page = checked(desk, "Soil Trust,KE,,member,Letter,,,\n")
    assert "standing · before: Partner · after: Member" in page
    assert "evidence · before: Declaration · after: Letter" in page and "until ·" not in page
    imported(desk, "Soil Trust,KE,,member,Letter,,,\n")
    one = one_of(app, name="Soil Trust")
    assert (one.kind, one.website, one.state) == ("research", "https://soil.example", "member")
    assert f"{one.state_until:%Y-%m-%d}" == "2030-06-30"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Soil Trust,KE,,partner,Letter,2020-01-01,,\n", "would have ended already"),
        ("Soil Trust,KE,,partner,Letter,0001-01-01,,\n", "check the year"),
        ("Soil Trust,KE,,,,,,https://a.example,oops\n", "more cells than there are headings"),
    ],
)
def test_a_line_that_cannot_be_is_left_out_and_the_others_are_not(app, desk, row, words):
    page = checked(desk, row + "Land Trust,UG,,,,,,\n")
    assert words in page and "left out 1" in page and "will be added 1" in page


@pytest.mark.parametrize(
    ("said", "code"),
    [("Côte d'Ivoire", "CI"), ("USA", "US"), ("DR Congo", "CD"), ("CIV", "CI"), ("Viet Nam", "VN"), ("UK", "GB"),
     ("Bosnia and Herzegovina", "BA"), ("美利坚合众国", "US"), ("ci", "CI"), ("Turkey", "TR")],
)  # fmt: skip
def test_a_country_is_known_by_its_common_names_and_codes(app, desk, said, code):
    imported(desk, f'Soil Trust,"{said}",,,,,,\n')
    assert one_of(app, name="Soil Trust").country == code
