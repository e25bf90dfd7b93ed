"""Taking a list back: what nobody has built on goes, and what stays is named with its reason."""

from datetime import timedelta

import pytest

from permille.cli.housekeeping import keep_house
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.sheets.models import Sheet, SheetRow
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import broken_records, entries_of
from tests.browser import Browser
from tests.cast import change, change_row
from tests.people.following import follow
from tests.sheets.conftest import AMINA, CANDIDATES, HOLDERS, SAID, acts, person, rows

ROW = f"{AMINA},2024-03-01,2027-02-28,\n"
LEADER = "C2,leader,,bo@village.example,Bo,,,,,\n"
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def mandate_of(app, email):
    return rows(app, Mandate, person_id=person(app, email).id)[0].id


def test_a_list_of_holders_goes_with_the_accounts_it_made(app, desk, trust, free):
    sheet = desk.imported("mandates", HOLDERS + ROW + LEADER)
    before = len(rows(app, Mandate))
    asked = desk.get(f"/en/sheets/{sheet}/undo/").text("main")
    assert "Take 2 rows back" in asked and "What stays" not in asked and len(rows(app, Mandate)) == before
    assert desk.post(f"/en/sheets/{sheet}/undo/").status == 303
    assert len(rows(app, Mandate)) == before - 2 and rows(app, SheetRow) == []
    assert person(app, "amina@village.example") is None and person(app, "bo@village.example") is None
    assert acts(app).count("mandate.taken_back") == 2 and acts(app)[-1] == "sheet.undone"
    assert "2 rows were taken back" in desk.get(f"/en/sheets/{sheet}/").text("main")
    assert desk.post(f"/en/sheets/{sheet}/undo/").status == 409


@ON_SQLITE
def test_what_something_rests_on_stays_and_says_why(app, desk, trust, free, mails):
    sheet = desk.imported("mandates", HOLDERS + ROW + LEADER, tells="y")
    owner = Browser(app)
    invitation = next(mail for mail in mails() if mail["to"] == "bo@village.example")
    owner.post(follow(owner, invitation), name="Bo", country="ML", agreed="y")
    change_row(
        app, Mandate, mandate_of(app, "amina@village.example"), handover="The list of members is here."
    )
    asked = desk.get(f"/en/sheets/{sheet}/undo/").text("main")
    assert "A handover note was written" in asked and "Take 1 row back" in asked
    desk.post(f"/en/sheets/{sheet}/undo/")
    assert mandate_of(app, "amina@village.example")
    bo = person(app, "bo@village.example")  # who has come keeps the account, not the office, and is told
    assert bo.is_confirmed and rows(app, Mandate, person_id=bo.id) == []
    told = mails()[-1]
    assert told["to"] == "bo@village.example" and "your office was taken back" in told["subject"]


@ON_SQLITE
def test_an_account_two_lists_speak_of_goes_with_the_last_of_them(app, desk, trust, free):
    first = desk.imported("mandates", HOLDERS + ROW)
    second = desk.imported("mandates", f"{HOLDERS}B2,representative,africa,amina@village.example,,,,,,\n")
    desk.post(f"/en/sheets/{first}/undo/")
    assert person(app, "amina@village.example"), "the second list speaks of it"
    desk.post(f"/en/sheets/{second}/undo/")
    assert person(app, "amina@village.example") is None


@pytest.mark.parametrize("ended", [True, False])
def test_an_account_nobody_came_for_is_forgotten_once_its_office_is_over(app, desk, trust, free, ended):
    desk.imported("mandates", HOLDERS + ROW + LEADER)
    mandate = mandate_of(app, "amina@village.example")
    if ended:
        change_row(app, Mandate, mandate, ended_at=now())
    with app.app_context():
        keep_house()
    assert person(app, "amina@village.example"), "it waits for half a year first"
    for one in ("amina", "bo"):
        change(app, person(app, f"{one}@village.example").id, created_at=now() - timedelta(days=200))
    with app.app_context():
        keep_house()
    assert (person(app, "amina@village.example") is None) == ended and person(app, "bo@village.example")
    assert rows(app, Mandate, id=mandate)[0].person_id is None or not ended


@ON_SQLITE
def test_an_office_that_has_ended_or_is_being_renewed_or_is_ones_own_stays(app, cast, desk, trust, free):
    own = f"C2,representative,europe,{cast.email('second-secretary')},,,,,,\n"
    sheet = desk.imported("mandates", HOLDERS + ROW + LEADER + own)
    change_row(app, Mandate, mandate_of(app, "bo@village.example"), ended_at=now())
    renewed = mandate_of(app, "amina@village.example")
    with app.app_context():
        one = db.session.get_one(Mandate, renewed)
        renewal = Vacancy(
            objective_id=one.objective_id, office=one.office, region=one.region, renews_id=one.id
        )
        renewal.last_day = now().date()
        db.session.add(renewal)
        db.session.commit()
    second = Browser(app).sign_in(cast.email("second-secretary"))
    asked = second.get(f"/en/sheets/{sheet}/undo/").text("main")
    for why in ("The office has ended", "A renewal of the office was opened", "This is your own office"):
        assert why in asked
    assert "Nothing of this list can be taken back" in asked
    assert second.post(f"/en/sheets/{sheet}/undo/").status == 409


def test_candidates_go_and_the_record_keeps_that_they_were_there(app, cast, desk, trust, call, mails):
    change(app, cast.id("partner"), language="en")
    partner = f"C2,representative,africa,{cast.email('partner')},,en,,{SAID}\n"
    sheet = desk.imported("candidates", f"{CANDIDATES}{AMINA},{SAID}\n{partner}")
    assert desk.post(f"/en/sheets/{sheet}/undo/").status == 303
    assert rows(app, Application, vacancy_id=call) == [] and person(app, "amina@village.example") is None
    with app.app_context():
        entries = entries_of(db.session, call)
        assert [one.act for one in entries] == ["application.entered"] * 2 + ["application.taken_back"] * 2
        assert entries[0].said is None and entries[1].said  # the words of an account that is gone are gone
        assert not list(broken_records(db.session))
    assert mails()[-1]["to"] == cast.email("partner") and "was taken back" in mails()[-1]["subject"]


@ON_SQLITE
def test_an_application_its_candidate_has_touched_stays(app, cast, desk, trust, call):
    partner = f"C2,representative,africa,{cast.email('partner')},,en,,{SAID}\n"
    sheet = desk.imported("candidates", CANDIDATES + partner)
    (one,) = rows(app, Application, vacancy_id=call)
    page = f"/en/sheets/{sheet}/undo/"
    change_row(app, Application, one.id, changed_at=now() + timedelta(minutes=1))
    assert "has changed the application" in desk.get(page).text("main")
    change_row(app, Application, one.id, stood_down_at=now())
    assert "has stood down" in desk.get(page).text("main")
    change_row(app, Vacancy, call, consultation_at=now())
    assert "The consultation has begun" in desk.get(page).text("main")
    change_row(app, Application, one.id, person_id=cast.id("secretary"))  # who stands sees no other candidate
    assert cast.email("partner") not in desk.get(page).html
    assert "or for you to see" in desk.get(f"/en/sheets/{sheet}/").text("main")


@ON_SQLITE
def test_a_file_nobody_entered_is_forgotten_after_a_day_and_what_was_entered_is_not(app, desk, trust, free):
    sheet = desk.imported("mandates", HOLDERS + ROW)
    desk.bring("mandates", HOLDERS + LEADER)
    with app.app_context():
        for one in db.session.query(Sheet):
            one.created_at = now() - timedelta(days=2)
        db.session.commit()
        keep_house()
    assert [one.id for one in rows(app, Sheet)] == [sheet] and rows(app, Sheet)[0].rows == []
