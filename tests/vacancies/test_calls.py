"""Calls: opened, extended and closed, one by one or in bulk, and everybody who waits is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.taskforces.models import Mandate
from permille.vacancies.closing import close_calls_in_time
from permille.vacancies.models import Vacancy
from tests.cast import change
from tests.vacancies.conftest import SEAT, acts_of, day

BOARD = "/en/vacancies/board/"


@pytest.fixture
def desk(browser, cast):
    return browser.sign_in(cast.email("secretary"))


def running(app):
    with app.app_context():
        rows = db.session.execute(
            select(Objective.code, Vacancy.region).join(Vacancy.objective).where(Vacancy.ended_at.is_(None))
        )
        return {f"{code}/{region or 'leader'}".lower() for code, region in rows}


def test_calls_are_opened_in_bulk_and_what_cannot_be_is_said_seat_by_seat(app, desk):
    before = running(app)
    asked = desk.get("/en/vacancies/calls/open/?seat=c2/africa&seat=c3/leader&seat=c1/europe&seat=f2/africa")
    assert len(asked.soup.select(".list li")) == 4
    seats = [field["value"] for field in asked.soup.select("input[name=seat]")]
    sent = desk.post("/en/vacancies/calls/open/", seat=seats, last_day=day(30), decision_day=day(60))
    assert sent.location == BOARD
    said = " ".join(one.get_text() for one in desk.get(BOARD).soup.select(".flash"))
    assert "2 calls are open now." in said
    assert "C1/EUROPE, because somebody holds the seat" in said
    assert "F2/AFRICA, because its call is open already" in said
    assert running(app) - before == {"c2/africa", "c3/leader"}


def test_one_call_leads_back_to_its_seat_which_then_takes_applications(app, desk, cast, browser):
    sent = desk.post("/en/vacancies/calls/open/", seat="c2/africa", last_day=day(0))
    assert sent.location == f"{SEAT}/"
    page = desk.get(f"{SEAT}/")
    assert "Call open" in page.text("main") and "Apply for this seat" in page.text("main")


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ({"last_day": ""}, "Enter the last day."),
        ({"last_day": "soon"}, "Not a valid date value."),
        ({"last_day": day(-1)}, "This day is past."),
        ({"last_day": "20260-01-01"}, "Not a valid date value."),
        ({"last_day": day(9), "decision_day": day(9)}, "The decision comes after the last day"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_lost(app, desk, days, problem):
    before = running(app)
    page = desk.post("/en/vacancies/calls/open/", seat=["c2/africa", "c3/leader"], **days)
    assert page.status == 422 and problem in page.text(".errsum")
    assert [field["value"] for field in page.soup.select("input[name=seat]")] == ["c2/africa", "c3/leader"]
    assert running(app) == before


@pytest.mark.parametrize("seat", ["zz/leader", "c2/atlantis", "nonsense", "c2/africa/x", "\0"])
def test_a_seat_that_is_none_is_not_found(desk, seat):
    assert desk.post("/en/vacancies/calls/open/", seat=seat, last_day=day(9)).status == 404


def test_without_a_seat_there_is_nothing_to_open(desk):
    assert desk.post("/en/vacancies/calls/open/", last_day=day(9)).location == BOARD
    assert "Choose seats first." in desk.get(BOARD).text(".flash")


def test_a_call_lasts_through_its_last_day_and_not_longer(app, desk, call, change_vacancy, cast):
    change_vacancy(call, last_day=now().date())
    assert "Apply for this seat" in desk.get(f"{SEAT}/").text("main")
    change_vacancy(call, last_day=now().date() - timedelta(days=1))
    assert "Apply for this seat" not in desk.get(f"{SEAT}/").text("main")
    assert "Call closed" in desk.get(f"{SEAT}/").text("main")


def test_a_closed_call_opens_again_by_being_extended(app, desk, call):
    desk.post("/en/vacancies/calls/close/", seat="c2/africa")
    assert "Call closed" in desk.get(f"{SEAT}/").text("main")
    desk.post("/en/vacancies/calls/extend/", seat="c2/africa", last_day=day(5))
    assert "Call open" in desk.get(f"{SEAT}/").text("main")
    assert acts_of(app, call) == ["call.closed", "call.extended"]


@pytest.mark.parametrize(
    ("state", "act", "reason"),
    [
        ({"consultation_at": now()}, "extend", "it is too late for that"),
        ({"closed_at": now()}, "close", "it is too late for that"),
        ({"last_day": now().date() + timedelta(days=90)}, "extend", "its call lasts longer already"),
        ({"ended_at": now(), "outcome": "nobody"}, "close", "there is no call"),
    ],
)
def test_what_does_not_fit_the_state_of_a_call_is_left_as_it_was(
    app, desk, call, change_vacancy, state, act, reason
):
    change_vacancy(call, **state)
    desk.post(f"/en/vacancies/calls/{act}/", seat="c2/africa", last_day=day(30))
    assert reason in desk.get(f"{SEAT}/").text(".flash.bad")
    assert acts_of(app, call) == []


def test_whoever_began_or_sent_an_application_is_told_when_a_call_changes(app, desk, call, applied, mails):
    already = len(mails())
    desk.post("/en/vacancies/calls/extend/", seat="c2/africa", last_day=day(40))
    desk.post("/en/vacancies/calls/close/", seat="c2/africa")
    told = mails()[already:]
    assert [mail["to"] for mail in told] == ["partner@demo.example"] * 2
    assert {mail["lang"] for mail in told} == {"zh"}


def test_a_holder_whose_seat_is_called_acts_until_somebody_is_found_and_is_told(app, desk, mails):
    already = len(mails())
    desk.post("/en/vacancies/calls/open/", seat="c1/europe", last_day=day(30), keeps_acting="y")
    with app.app_context():
        query = (
            select(Mandate).join(Mandate.objective).where(Objective.code == "C1", Mandate.region == "europe")
        )
        assert db.session.scalars(query.where(Mandate.ended_at.is_(None))).one().is_acting
    assert len(mails()[already:]) == 1
    page = desk.get("/en/vacancies/c1/europe/")
    assert "In office until somebody is found" in page.text("main") and "Apply for this seat" in page.text(
        "main"
    )


def test_a_vacancy_for_which_nobody_was_found_ends_and_its_candidates_learn_why(
    app, desk, call, applied, mails
):
    refused = desk.post(f"{SEAT}/give-up/", reason="Nobody speaks for the Sahel.")
    assert refused.status == 409
    desk.post("/en/vacancies/calls/close/", seat="c2/africa")
    assert desk.post(f"{SEAT}/give-up/", reason="").status == 422
    assert desk.post(f"{SEAT}/give-up/", reason="Nobody speaks for the Sahel.").status == 303
    assert "Nobody speaks for the Sahel." in mails()[-1]["body"]
    page = desk.get(f"{SEAT}/")
    assert "Tell me when the call opens" in page.text("main") and "Open the call" in page.text("main")
    assert acts_of(app, call)[-1] == "vacancy.given_up"


def test_the_board_narrows_to_what_is_asked_for(desk, call):
    page = desk.get(f"{BOARD}?which=call&region=africa&goal=C")
    assert len(page.soup.select("tbody tr")) == 1 and "C2" in page.text("tbody")
    assert "No seat fits." in desk.get(f"{BOARD}?which=nomination").text("main")


def test_the_board_costs_the_same_for_one_vacancy_and_for_many(app, desk, cast, statements):
    desk.get(BOARD)
    statements.clear()
    desk.get(BOARD)
    few = len(statements)
    seats = [f"{code}/leader" for code in ("c1", "c2", "c3", "d1", "d2", "d4", "e1", "e3")]
    desk.post("/en/vacancies/calls/open/", seat=seats, last_day=day(30))
    desk.get(BOARD)
    statements.clear()
    desk.get(BOARD)
    assert len(statements) == few


def test_a_call_that_reaches_its_last_day_is_closed_in_its_record_and_candidates_are_told(
    app, cast, call, applied, change_vacancy, mails
):
    change_vacancy(call, last_day=now().date() - timedelta(days=1))
    change(app, cast.id("partner"), language="en")
    before = len(mails())
    for _twice in range(2):
        with app.app_context():
            close_calls_in_time(db.session)
            assert not db.session().in_transaction()
    told = [
        mail["to"] for mail in mails()[before:] if "has ended" in mail["body"] and "last day" in mail["body"]
    ]
    assert told.count(cast.email("partner")) == 1
    assert acts_of(app, call).count("call.closed") == 1
