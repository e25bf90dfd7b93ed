"""What candidates write in confidence stays so: unsent words, rivals among the Secretariat, drafts and files."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from permille.foundation.audit_chain import broken_chain
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Role
from permille.vacancies.forgetting import forget_applications
from permille.vacancies.models import Application, Outcome, Vacancy
from tests.browser import Browser
from tests.cast import change
from tests.vacancies.conftest import ANSWERS, SEAT, acts_of, application_of, day

SECRET = "Words nobody was sent."


@pytest.fixture
def partner(app, cast):
    return Browser(app).sign_in(cast.email("partner"))


@pytest.fixture
def desk(app, cast):
    return Browser(app).sign_in(cast.email("secretary"))


@pytest.mark.parametrize(
    "odd", [{"languages": ["tlh"]}, {"links": "javascript:alert(1)"}, {"why": "x" * 3001}, {"time": ""}]
)
def test_a_draft_keeps_anything_but_only_what_the_form_takes_is_sent(app, cast, call, partner, desk, odd):
    partner.post(f"{SEAT}/apply/", **{**ANSWERS, **odd}, save="1")
    assert partner.get(f"{SEAT}/apply/check/").location == f"{SEAT}/apply/"
    assert partner.post(f"{SEAT}/apply/check/").location == f"{SEAT}/apply/"
    assert acts_of(app, call) == [] and desk.get(f"{SEAT}/candidates/").status == 200


def test_what_is_written_after_standing_down_is_read_by_nobody_else(app, partner, desk, applied):
    where = f"/en/applications/{applied}/"
    assert desk.get(where).status == 200
    partner.post(f"{where}stand-down/")
    partner.post(f"{SEAT}/apply/", **{**ANSWERS, "why": SECRET}, save="1")
    assert desk.get(where).status == 404 and SECRET not in desk.get(f"{SEAT}/candidates/").html
    assert SECRET in partner.get(f"{SEAT}/apply/").html


def test_every_word_of_a_redraft_is_forgotten_in_time(app, partner, call, applied):
    partner.post(f"/en/applications/{applied}/stand-down/")
    partner.post(f"{SEAT}/apply/", why="", experience=SECRET, save="1")
    with app.app_context():
        vacancy = db.session.get_one(Vacancy, call)
        vacancy.end(Outcome.NOBODY)
        vacancy.ended_at = now() - timedelta(days=731)
        db.session.commit()
        forget_applications(db.session, 730)
        db.session.commit()
    assert application_of(app, applied)["experience"] == ""


def test_who_stands_or_has_stood_runs_nothing_of_that_vacancy(app, cast, call, applied):
    change(app, cast.id("partner"), role=Role.SECRETARY)
    rival = Browser(app).sign_in(cast.email("partner"))
    for _time in ("standing", "stood down"):
        rival.post("/en/vacancies/calls/close/", seat="c2/africa")
        rival.post("/en/vacancies/calls/extend/", seat="c2/africa", last_day=day(40))
        assert "you stand for it yourself" in rival.get(f"{SEAT}/").text(".flash.bad")
        assert rival.post(f"{SEAT}/give-up/", reason="x").status == 403
        assert rival.get(f"{SEAT}/candidates/").status == 403
        rival.post(f"/en/applications/{applied}/stand-down/")
    assert acts_of(app, call) == ["application.sent", "application.stood_down"]


def test_entering_for_somebody_neither_reads_nor_overwrites_what_they_began(app, cast, call, partner, desk):
    partner.post(f"{SEAT}/apply/", **{**ANSWERS, "why": SECRET}, save="1")
    with app.app_context():
        number = db.session.scalars(select(Application.id).where(Application.vacancy_id == call)).one()
    partner.post(f"/en/applications/{number}/files/", file=(BytesIO(b"private notes"), "notes.txt"))
    page = desk.post(
        f"{SEAT}/enter/", **ANSWERS, email=cast.email("partner"), source="phone", written_in="en"
    )
    assert page.status == 422 and "has begun an application" in page.text(".errsum")
    assert (
        application_of(app, number)["why"] == SECRET and desk.get(f"/en/applications/{number}/").status == 404
    )


def test_a_call_that_cannot_be_opened_among_others_leaves_the_audit_log_whole(app, call, desk):
    desk.post("/en/vacancies/calls/open/", seat=["c2/europe", "c2/africa", "c3/africa"], last_day=day(10))
    with app.app_context():
        assert list(broken_chain(db.session)) == []


@pytest.mark.parametrize(
    "path",
    [
        "/en/applications/99999999999/",
        "/en/vacancies/%00a/leader/",
        "/en/objectives/%00a/",
        "/en/mandates/2147483648/",
    ],
)
def test_addresses_no_row_can_have_are_not_found(partner, path):
    assert partner.get(path).status == 404


def test_without_a_second_step_the_page_of_a_seat_offers_what_a_visitor_gets(app, cast, call):
    app.config["DEMONSTRATION"] = False
    change(app, cast.id("secretary"), second_factor_at=None)
    page = Browser(app).sign_in(cast.email("secretary")).get(f"{SEAT}/")
    assert page.status == 200 and "Close the call" not in page.html
