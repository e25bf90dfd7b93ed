"""Holders of offices from a list: a check that changes nothing, then all of it or nothing."""

from datetime import date

import pytest

from permille.people.models import Organisation, Person
from permille.sheets.models import Sheet
from permille.taskforces.models import Mandate
from tests.browser import Browser
from tests.cast import change, change_row
from tests.people.following import follow
from tests.sheets.conftest import AMINA, HOLDERS, acts, person, rows

ROW = f"{AMINA},2024-03-01,2027-02-28,\n"
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_list_is_checked_first_and_entered_after_a_second_word(app, desk, trust, free, mails):
    before = len(rows(app, Mandate)), len(rows(app, Person))
    path = desk.bring("mandates", HOLDERS + ROW).location
    page = desk.get(path).text("main")
    assert "will be added 1" in page and "1 person has no account yet" in page
    assert (len(rows(app, Mandate)), len(rows(app, Person))) == before
    assert desk.enter(path).status == 303
    amina = person(app, "amina@village.example")
    assert (amina.name, amina.language, amina.is_unclaimed) == ("Amina Sow", "fr", True)
    assert amina.affiliation.organisation_id == trust and amina.affiliation.confirmed_at
    (one,) = rows(app, Mandate, person_id=amina.id)
    assert (one.office, one.region, one.is_acting) == ("representative", "africa", False)
    assert (one.begins_on, one.ends_on, one.organisation_id) == (date(2024, 3, 1), date(2027, 2, 28), trust)
    assert mails() == []
    assert acts(app)[-4:] == [
        "person.listed",
        "affiliation.confirmed",
        "mandate.entered",
        "holders.imported",
    ]
    told = desk.get(f"/en/mandates/{one.id}/").text("main")
    assert "Entered from a list by" in told and "without a nomination" in told
    assert "Amina Sow" in Browser(app).get("/en/vacancies/").html
    assert desk.get(path).status == 409


@ON_SQLITE
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_a_file_of_a_spreadsheet_is_read_as_it_is(desk, free, mark, separator):
    head = "Objective code,Office,Region,E-mail,Name,Begins on,Is acting\n"
    text = head + "c2,Représentante régionale,Afrique,AMINA@village.example,Amina,2024-03-01,Yes\n"
    said = desk.checked("mandates", (mark + text.replace(",", separator)).encode())
    assert "will be added 1" in said, said


@ON_SQLITE
def test_each_wrong_row_is_named_with_its_column_and_its_reason(app, cast, desk, free):
    change(app, cast.id("newcomer"), suspended_at=None)
    held = rows(app, Mandate, ended_at=None)[0]
    wrong = {
        "Z9,leader,,a@v.example,A,,,,,": "objective · “Z9” is not known",
        "C2,chief,,a@v.example,A,,,,,": "office · “chief” is not known",
        "C2,representative,atlantis,a@v.example,A,,,,,": "region · “atlantis” is not known",
        "C2,representative,,a@v.example,A,,,,,": "region · empty",
        "C2,leader,africa,a@v.example,A,,,,,": "region · a Task Force Leader has no region",
        "C2,leader,,nobody,A,,,,,": "email · “nobody” is no e-mail address",
        "C2,leader,,a@v.example,,,,,,": "name · empty, and there is no account",
        "C2,leader,,a@v.example,A,xx,,,,": "language · “xx” is not known",
        "C2,leader,,a@v.example,A,,,2024-02-30,,": "begins_on · “2024-02-30” is not a date",
        "C2,leader,,a@v.example,A,,,2099-01-01,,": "begins_on · this day is still to come",
        "C2,leader,,a@v.example,A,,,2024-02-03,2023-01-01,": "ends_on · before the term begins",
        "C2,leader,,a@v.example,A,,,,,perhaps": "acting · write “yes”, or leave it empty",
        "A1,leader,,a@v.example,A,,,,,": "objective · the seat is held already, by",
        f"A1,representative,europe,{cast.email('leader')},,,,,,": "email · this person has another office",
        f"C2,leader,,{cast.email('secretary')},,,,,,": "email · this is you",
    }
    assert held
    for row, why in wrong.items():
        said = desk.checked("mandates", f"{HOLDERS}{row}\n")
        assert why in said and "left out 1" in said, (row, said)


@ON_SQLITE
def test_the_rest_of_what_speaks_against_a_row(app, cast, desk, free, call):
    change(app, cast.id("newcomer"), suspended_at=None)
    change(app, cast.id("funder"), suspended_at=rows(app, Mandate)[0].created_at)
    said = desk.checked(
        "mandates",
        HOLDERS
        + f"C2,leader,,{cast.email('funder')},,,,,,\n"
        + f"C2,representative,africa,{cast.email('newcomer')},Somebody Else,,Nobody Knows,2019-01-01,2020-01-01,\n"
        + f"C2,representative,africa,{cast.email('partner')},,,,,,\n"
        + f"C2,representative,europe,{cast.email('newcomer')},,,,,,\n",
    )
    assert "left out 3" in said and "will be added 1" in said
    assert "the account with this address is suspended" in said
    assert "objective · the same as in line 3" in said and "email · the same as in line 3" in said
    for flag in ("has the name", "“Nobody Knows” is not known", "the term is over", "no partner or member organisation", "a vacancy runs for this seat"):  # fmt: skip
        assert flag in said, flag


def test_a_world_that_has_changed_since_the_check_is_shown_again_and_nothing_is_written(
    app, desk, trust, free
):
    path = desk.bring("mandates", HOLDERS + ROW + "C2,leader,,b@v.example,B,,,,,\n").location
    seen = desk.get(path)("input[name=seen]")["value"]
    desk.imported("mandates", HOLDERS + "C2,leader,,quicker@v.example,Q,,,,,\n")
    page = desk.post(path, seen=seen)
    assert page.status == 409 and "something has changed" in page.text("main")
    assert "the seat is held already, by Q" in page.text("main")
    assert person(app, "amina@village.example") is None
    assert desk.enter(path).status == 303
    assert person(app, "amina@village.example") and not person(app, "b@v.example")


def test_invitations_are_sent_only_if_wished_and_give_the_account_to_its_owner(
    app, cast, desk, trust, free, mails
):
    text = HOLDERS + ROW + f"C2,leader,,{cast.email('partner')},,,,,,\n"
    desk.imported("mandates", text, tells="y")
    by_address = {mail["to"]: mail for mail in mails()}
    assert set(by_address) == {"amina@village.example", cast.email("partner")}
    assert by_address["amina@village.example"]["lang"] == "fr"
    owner = Browser(app)
    page = follow(owner, by_address["amina@village.example"])
    assert owner.get(page)("#name")["value"] == "Amina Sow"
    assert owner.post(page, name="Amina B. Sow", country="ML", agreed="y").status == 303
    amina = person(app, "amina@village.example")
    assert (amina.name, amina.country, amina.is_confirmed, amina.is_unclaimed) == (
        "Amina B. Sow",
        "ML",
        True,
        False,
    )
    assert amina.consent_version and amina.affiliation.organisation_id == trust
    (one,) = rows(app, Mandate, person_id=amina.id)
    assert one.ended_at is None


@ON_SQLITE
def test_whoever_signs_up_finds_the_account_that_waits_for_them(app, desk, trust, free, mails):
    desk.imported("mandates", HOLDERS + ROW)
    visitor = Browser(app)
    visitor.post("/en/sign-up/", email="amina@village.example", language="en")
    page = follow(visitor, mails()[-1])
    assert page == "/en/welcome/"
    visitor.post(page, name="Amina Sow", country="ML", agreed="y")
    assert len(rows(app, Person, email="amina@village.example")) == 1
    assert person(app, "amina@village.example").is_confirmed


@ON_SQLITE
def test_an_account_that_waits_opens_to_nobody_by_a_sign_in_mail_and_can_be_invited_later(
    app, desk, trust, free, mails
):
    desk.imported("mandates", HOLDERS + ROW)
    Browser(app).post("/en/sign-in/mail/", email="amina@village.example")
    assert "no account" in mails()[-1]["body"] and "sign-up" in mails()[-1]["body"]
    guest = {"email": "amina@village.example", "name": "", "language": "fr", "organisation": ""}
    assert desk.post("/en/secretariat/invitations/", **guest).status == 303
    owner = Browser(app)
    assert owner.post(follow(owner, mails()[-1]), name="Amina", country="ML", agreed="y").status == 303
    assert desk.post("/en/secretariat/invitations/", **guest).status == 422


@ON_SQLITE
def test_the_list_that_is_taken_along_can_be_brought_back_and_nothing_changes(app, cast, desk, trust, free):
    desk.imported("mandates", HOLDERS + f'C2,leader,,+a@v.example,"\'=Odd, Name",ar,,,,yes\n{ROW}')
    change_row(app, Organisation, trust, name="=Soil Trust")
    file = desk.exported("mandates")
    assert b"'+a@v.example" in file and b",'=Soil Trust," in file and acts(app)[-1] == "holders.exported"
    said = desk.checked("mandates", file)
    held = len([one for one in rows(app, Mandate) if one.ended_at is None])
    assert f"stays as it is {held}" in said and "will be added 0" in said and "left out 0" in said


@ON_SQLITE
def test_a_file_is_checked_by_whoever_brought_it_and_by_nobody_else(app, cast, desk):
    path = desk.bring("mandates", HOLDERS + ROW).location
    assert Browser(app).sign_in(cast.email("second-secretary")).get(path).status == 404


@ON_SQLITE
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("objective,office\nC2,leader\n", "These headings are missing: email"),
        ("objective,office,email,salary\nC2,leader,a@v.example,1\n", "These headings are not known: salary"),
        ("objective,office,email,e-mail\nC2,leader,a@v.example,b\n", "each of them once"),
        (HOLDERS, "no lines below"),
        (HOLDERS + ROW * 2001, "up to 2,000"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_keeps_nothing(app, desk, text, why):
    page = desk.bring("mandates", text)
    assert page.status == 422 and why in page.text(".errsum")
    assert rows(app, Sheet) == []
