"""Candidates from a list: applications entered on their behalf, for seats whose call is open."""

from datetime import date

import pytest

from permille.foundation.database import db
from permille.people.models import SignedIn
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import broken_records, entries_of
from tests.browser import Browser
from tests.cast import change_row
from tests.people.following import follow
from tests.sheets.conftest import AMINA, CANDIDATES, SAID, acts, person, rows

ROW = f"{AMINA},{SAID}\n"
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_row_becomes_an_application_with_its_number_its_record_and_its_typist(
    app, cast, desk, trust, call, mails
):
    partner = f"C2,representative,africa,{cast.email('partner')},,en,,{SAID}\n"
    path = desk.bring("candidates", CANDIDATES + ROW + partner).location
    assert "will be added 2" in desk.get(path).text("main") and rows(app, Application, vacancy_id=call) == []
    assert desk.enter(path).status == 303
    amina, other = rows(app, Application, vacancy_id=call)
    assert amina.number == f"C2-{amina.id:05d}" and amina.sent_at.date() == date(2026, 5, 3)
    assert (amina.typed_by_id, amina.typed_from, amina.language) == (cast.id("secretary"), "list", "fr")
    assert (amina.why, amina.languages, amina.links) == ("Soils wait.", ["fr", "ar"], "https://v.example/a")
    assert other.person_id == cast.id("partner") and other.is_candidacy
    with app.app_context():
        entries = entries_of(db.session, call)
        assert [(one.act, one.said["sent_on"]) for one in entries] == [
            ("application.entered", "2026-05-03")
        ] * 2
        assert entries[0].actor_id == cast.id("secretary") and not list(broken_records(db.session))
    assert acts(app).count("application.entered") == 2 and acts(app)[-1] != "person.listed"
    told = {mail["to"]: mail["subject"] for mail in mails()}
    assert set(told) == {"amina@village.example", cast.email("partner")}
    assert other.number in told[cast.email("partner")]
    assert "In a list of the Secretariat" in desk.get(f"/en/applications/{amina.id}/").text("main")
    assert "Sent on" in desk.get(f"/en/vacancies/records/{call}/").text("main")


@ON_SQLITE
def test_a_candidate_takes_the_account_and_finds_the_application(app, desk, trust, call, mails):
    desk.imported("candidates", CANDIDATES + ROW)
    owner = Browser(app)
    owner.post(follow(owner, mails()[-1]), name="Amina Sow", country="ML", agreed="y")
    assert "C2 Regional Representative" in owner.get("/en/me/").text("main")


@ON_SQLITE
def test_what_speaks_against_a_candidate_is_said(app, cast, desk, trust, call):
    newcomer, secretary = cast.email("newcomer"), cast.email("secretary")
    wrong = {
        f"C2,leader,,{cast.email('partner')},,,,{SAID}": "objective · no call is open for this seat",
        f"C2,representative,africa,{newcomer},,,,{SAID}": "email · does not belong to a partner",
        f"C2,representative,africa,a@v.example,A,,Nobody,{SAID}": "email · does not belong to a partner",
        f"C2,representative,africa,{secretary},,,,{SAID}": "email · this is you",
        f"{AMINA},,,x,x,fr,x,x,": "why · empty",
        f"{AMINA},2099-01-01,x,x,x,fr,x,x,": "sent_on · this day is still to come",
        f"{AMINA},2026-01-01,x,x,x,fr|xx,x,x,": "languages · “xx” is not known",
        f"{AMINA},2026-01-01,x,x,x,fr,x,x,javascript:alert(1)": "links · up to 10 web addresses",
        f"{AMINA},2026-01-01,{'x' * 3001},x,x,fr,x,x,": "why · longer than 3,000 characters",
        f"{AMINA},2026-01-01,x,x,x,fr,x,x,,oops": "more cells than there are headings",
    }
    for row, why in wrong.items():
        said = desk.checked("candidates", f"{CANDIDATES}{row}\n")
        assert why in said and "left out 1" in said, (row, said)


def test_a_call_that_has_closed_since_the_check_leaves_nothing_written(app, desk, trust, call):
    path = desk.bring("candidates", CANDIDATES + ROW).location
    seen = desk.get(path)("input[name=seen]")["value"]
    change_row(app, Vacancy, call, last_day=date(2026, 1, 1))
    page = desk.post(path, seen=seen)
    assert page.status == 409 and "no call is open" in page.text("main")
    assert person(app, "amina@village.example") is None and rows(app, Application, vacancy_id=call) == []


@ON_SQLITE
def test_somebody_applies_once(app, desk, trust, call):
    desk.imported("candidates", CANDIDATES + ROW)
    assert "stays as it is 1" in desk.checked("candidates", CANDIDATES + ROW)
    said = desk.checked("candidates", CANDIDATES + ROW.replace("Soils wait", "Soils hurry"))
    assert "has applied already, with other answers" in said
    change_row(app, Application, rows(app, Application, vacancy_id=call)[0].id, stood_down_at=None, sent_at=None, number=None)  # fmt: skip
    assert "has begun an application" in desk.checked("candidates", CANDIDATES + ROW)


@ON_SQLITE
def test_the_candidates_taken_along_can_be_brought_back_but_not_those_of_ones_own_seat(
    app, cast, desk, trust, call
):
    words = '2026-05-03,"=1+1, and\nmore",+x,@y,fr,-z,"a ""b""","https://v.example/a\nhttps://v.example/b"'
    desk.imported("candidates", f"{CANDIDATES}{AMINA},{words}\n")
    file = desk.exported("candidates")
    assert b"'=1+1, and" in file and acts(app)[-1] == "candidates.exported"
    said = desk.checked("candidates", file)
    assert "will be added 0" in said and "left out 0" in said, said
    with app.app_context():  # one of the Secretariat stands as well
        db.session.add(Application(vacancy_id=call, person_id=cast.id("secretary"), number="x", sent_at=db.session.get_one(Vacancy, call).created_at))  # fmt: skip
        db.session.commit()
    assert b"amina@village.example" not in desk.exported("candidates")
    assert "you stand for this seat yourself" in desk.checked("candidates", CANDIDATES + ROW)


@ON_SQLITE
def test_a_list_costs_the_same_statements_to_check_for_two_rows_as_for_fifty(desk, trust, call, statements):
    def cost(n):
        text = CANDIDATES + "".join(ROW.replace("amina@", f"p{one}@") for one in range(n))
        path = desk.bring("candidates", text).location
        statements.clear()
        assert f"will be added {n}" in desk.get(path).text("main")
        return len(statements)

    assert cost(2) == cost(50)


@ON_SQLITE
def test_taking_a_list_along_needs_a_fresh_sign_in_and_the_desk(app, cast, desk):
    assert Browser(app).sign_in(cast.email("member")).post("/en/sheets/mandates/file/").status == 403
    for one in rows(app, SignedIn, person_id=cast.id("secretary")):
        change_row(app, SignedIn, one.id, proved_at=one.created_at.replace(year=2020))
    for path in ("/en/sheets/candidates/file/", "/en/sheets/mandates/file/"):
        assert desk.post(path).location.startswith("/en/me/again/"), path
    assert "candidates.exported" not in acts(app)
