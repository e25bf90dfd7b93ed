"""Accepting and declining: two plain buttons, and from then on the seat is filled and everybody knows."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.taskforces.models import Mandate, Office
from tests.browser import Browser
from tests.nominations.conftest import NOMINATION, holders, nomination, proposal, step_of
from tests.vacancies.conftest import SEAT, acts_of, application_of, lapse


@pytest.fixture
def candidate(app, cast):
    return Browser(app).sign_in(cast.email("partner"))


def test_who_accepts_holds_the_office_and_the_seat_says_so_in_six_languages(
    app, cast, candidate, offered, answered
):
    where = f"/en/nominations/{offered}/"
    page = candidate.get(where)
    assert [button.get_text(strip=True) for button in page.soup.select("main button")] == [
        "I accept",
        "I decline",
    ]
    assert where in candidate.get("/en/me/").html
    assert candidate.post(f"{where}accept/").location == where
    assert holders(app) == [cast.id("partner")] and step_of(app, answered) == "ended"
    assert "You accepted on" in candidate.get(where).text("main")
    for lang in ("ar", "en", "es", "fr", "ru", "zh"):
        assert "李青禾" in Browser(app).get(f"/{lang}/vacancies/c2/africa/").text("main")
        assert "李青禾" in Browser(app).get(f"/{lang}/vacancies/").html
        portal = Browser(app).get(f"/{lang}/africa/")
        assert portal.html.count("李青禾") == 2  # who represents the region, and what is new
    assert acts_of(app, answered)[-1] == "nomination.accepted"


def test_who_declines_holds_nothing_and_somebody_else_can_be_proposed(
    app, cast, candidate, offered, answered, mails
):
    where = f"/en/nominations/{offered}/"
    assert candidate.post(f"{where}decline/", reason="No time after all.").location == where
    assert holders(app) == [] and step_of(app, answered) == "consultation"
    told = [mail for mail in mails() if "No time after all." in mail["body"]]
    assert {mail["to"] for mail in told} == {cast.email("secretary"), cast.email("second-secretary")}
    assert candidate.post(f"{where}accept/").status == 409 and holders(app) == []


def test_nobody_else_can_reply(app, cast, desk, offered):
    where = f"/en/nominations/{offered}/"
    assert Browser(app).get(where).status == 302
    for browser in (desk, Browser(app).sign_in(cast.email("member"))):
        assert browser.get(where).status == 404 and browser.post(f"{where}accept/").status == 404
    assert holders(app) == []


def test_a_proposal_nobody_confirmed_is_hidden_from_the_candidate(app, candidate, proposed):
    assert candidate.get(f"/en/nominations/{proposed}/").status == 404
    assert candidate.post(f"/en/nominations/{proposed}/accept/").status == 404


def test_accepting_twice_is_accepting_once(app, cast, candidate, offered):
    where = f"/en/nominations/{offered}/accept/"
    assert candidate.post(where).status == 303 and candidate.post(where).status == 409
    assert holders(app) == [cast.id("partner")]


def test_a_standing_that_lapsed_meanwhile_stops_the_office_and_says_why(
    app, cast, candidate, offered, answered
):
    lapse(app, cast.id("partner"))
    page = candidate.post(f"/en/nominations/{offered}/accept/")
    assert page.status == 409 and "no partner or member any more" in page.text("[role=alert]")
    assert holders(app) == [] and step_of(app, answered) == "nomination"


def test_an_overridden_standing_does_not(app, cast, candidate, desk, second, answered, applied):
    lapse(app, cast.id("partner"))
    desk.post(f"{NOMINATION}/propose/{applied}/", **proposal(override="It renews."))
    second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"], override="Yes.")
    number = nomination(app)["id"]
    assert candidate.post(f"/en/nominations/{number}/accept/").status == 303
    assert holders(app) == [cast.id("partner")]


def test_a_nomination_that_was_taken_back_cannot_be_accepted(app, candidate, desk, offered):
    desk.post(f"{NOMINATION}/withdraw/", nomination=nomination(app)["id"], reason="A mistake.")
    page = candidate.post(f"/en/nominations/{offered}/accept/")
    assert page.status == 409 and "taken back" in page.text("main") and holders(app) == []


def test_a_candidate_who_stands_down_while_nominated_frees_the_way_for_another(
    app, candidate, offered, applied, answered, mails
):
    before = len(mails())
    candidate.post(f"/en/applications/{applied}/stand-down/")
    assert nomination(app)["withdrawn_at"] is not None and step_of(app, answered) == "consultation"
    told = {mail["to"] for mail in mails()[before:]}
    assert told == {"secretary@demo.example", "second-secretary@demo.example", "partner@demo.example"}
    assert acts_of(app, answered)[-2:] == ["nomination.withdrawn", "application.stood_down"]


def test_a_candidate_who_deletes_their_account_while_nominated_leaves_nothing_that_can_be_accepted(
    app, candidate, offered, answered
):
    assert candidate.post("/en/me/delete/").status == 303
    row = nomination(app)
    assert (
        row["withdrawn_at"] is not None and row["reason"] == "" and step_of(app, answered) == "consultation"
    )


def test_the_predecessor_is_thanked_and_leaves_the_office(app, cast, candidate, offered, mails):
    with app.app_context():
        objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
        before = Mandate(
            objective_id=objective.id, person_id=cast.id("member"), office=Office.REPRESENTATIVE, region="africa", is_acting=True
        )  # fmt: skip
        db.session.add(before)
        db.session.commit()
    candidate.post(f"/en/nominations/{offered}/accept/")
    assert holders(app) == [cast.id("partner")]
    assert [mail["to"] for mail in mails() if "office you held" in mail["body"] or mail["lang"] == "es"][
        -1:
    ] == [cast.email("member")]


def test_the_others_are_told_why_by_whom_and_how_to_stand_again_once_somebody_accepted(
    app, cast, candidate, desk, second, answered, applied, rival, mails
):
    reason = "We looked for somebody from the Sahel."
    desk.post(f"{NOMINATION}/propose/{applied}/", **proposal(**{f"refusal_{rival}": reason}))
    second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"])
    assert not [mail for mail in mails() if mail["to"] == cast.email("member") and reason in mail["body"]]
    candidate.post(f"/en/nominations/{nomination(app)['id']}/accept/")
    (told,) = [mail for mail in mails() if mail["to"] == cast.email("member") and reason in mail["body"]]
    assert told["lang"] == "es"
    own = Browser(app).sign_in(cast.email("member")).get(f"/en/applications/{rival}/")
    assert reason in own.text("main") and "panel of the Executive Secretariat" in own.text("main")
    assert application_of(app, rival)["stood_down_at"] is None


def test_one_person_holds_one_office_in_a_task_force(app, cast, candidate, offered):
    with app.app_context():
        objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
        for leader in db.session.scalars(
            select(Mandate).where(
                Mandate.objective_id == objective.id, Mandate.region.is_(None), Mandate.ended_at.is_(None)
            )
        ):
            leader.end()
        db.session.flush()
        db.session.add(Mandate(objective_id=objective.id, person_id=cast.id("partner"), office=Office.LEADER))
        db.session.commit()
    assert candidate.post(f"/en/nominations/{offered}/accept/").status == 409
    assert holders(app) == []


def test_other_devices_are_signed_out_when_somebody_takes_an_office(app, cast, candidate, offered):
    phone = Browser(app).sign_in(cast.email("partner"))
    candidate.post(f"/en/nominations/{offered}/accept/")
    assert phone.get("/en/me/").status == 302 and candidate.get("/en/me/").status == 200
    assert SEAT


def test_whoever_accepts_is_told_and_led_to_the_page_of_their_office(app, cast, candidate, offered, mails):
    status = candidate.get("/en/me/offices/")("a[href^='/en/applications/']")["href"]
    waiting = candidate.get(status)
    assert waiting(f"a[href='/en/nominations/{offered}/']") and "Waits for your reply" in waiting.text("main")
    candidate.post(f"/en/nominations/{offered}/accept/")
    office = nomination(app)["mandate_id"]
    told = [mail for mail in mails() if mail["to"] == cast.email("partner")][-1]
    assert f"/mandates/{office}/" in told["body"]
    assert candidate.get(f"{status}")(f"a[href='/en/mandates/{office}/']")
    assert "You hold an office" in candidate.get("/en/me/notifications/").text("main")


def test_an_office_says_which_nomination_it_rests_on(app, cast, candidate, desk, offered, answered):
    candidate.post(f"/en/nominations/{offered}/accept/")
    page = f"/en/mandates/{nomination(app)['mandate_id']}/"
    own, of_desk = candidate.get(page).text("main"), desk.get(page)
    assert "rests on a nomination" in own and "Proposed by" not in own
    assert "Confirmed by" in of_desk.text("main") and of_desk(f"a[href='/en/vacancies/records/{answered}/']")
