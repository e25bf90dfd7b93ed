"""Proposing and confirming: two people, every rule kept or overridden by both in writing, and taking it back."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Role
from permille.taskforces.models import Mandate
from tests.browser import Browser
from tests.cast import change
from tests.engines import ON_SQLITE
from tests.nominations.conftest import NOMINATION, nomination, proposal, step_of
from tests.vacancies.conftest import SEAT, acts_of, day, lapse


def test_one_proposes_another_confirms_and_the_candidate_is_asked(
    app, cast, desk, second, answered, applied, mails
):
    assert "Every rule is kept." in desk.get(f"{NOMINATION}/").text("main")
    page = desk.get(f"{NOMINATION}/propose/{applied}/")
    assert page("textarea[name=override]") is None and page("input[name=ends_on]")["value"]
    assert desk.post(f"{NOMINATION}/propose/{applied}/", **proposal()).status == 303
    assert step_of(app, answered) == "nomination" and mails()[-1]["to"] == cast.email("second-secretary")
    assert "Somebody else of the panel confirms" in desk.get(f"{NOMINATION}/").text("main")
    assert second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"]).status == 303
    assert mails()[-1]["to"] == cast.email("partner") and mails()[-1]["lang"] == "zh"
    assert acts_of(app, answered)[-2:] == ["nomination.proposed", "nomination.confirmed"]
    assert "Ten years on these soils." in desk.get(f"/en/vacancies/records/{answered}/").text("main")


@ON_SQLITE
def test_the_page_says_what_those_who_decide_are_and_nothing_of_the_candidate(app, cast, desk, proposed):
    with app.app_context():
        d4 = db.session.scalars(select(Objective.id).where(Objective.code == "D4")).one()
        office = {"office": "representative", "region": "asia-pacific"}
        db.session.execute(update(Mandate).where(Mandate.objective_id == d4).values(ended_at=now()))
        db.session.add(Mandate(objective_id=d4, person_id=cast.id("partner"), **office))
        db.session.commit()
    page = desk.get(f"{NOMINATION}/")
    assert "Secretariat" in page.text("dl.answers dd") and "D4" not in page.text("main")
    assert "Secretariat" in desk.get(f"{SEAT}/consultation/").text("section[aria-labelledby=panel] li")


def test_nobody_confirms_what_they_proposed_not_even_in_the_database(app, desk, proposed):
    assert desk.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"]).status == 403
    with app.app_context(), pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE nomination SET confirmed_by_id = proposed_by_id"))
    assert nomination(app)["confirmed_at"] is None


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"reason": " "}, "Give the reason."),
        ({"ends_on": ""}, "Enter the last day of the term."),
        ({"ends_on": day(0)}, "This day is past."),
        ({"ends_on": "2999-01-01"}, "Check the year."),
        ({"reason": "x" * 2001}, "Please keep it under 2,000."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(app, desk, answered, applied, other, problem):
    page = desk.post(f"{NOMINATION}/propose/{applied}/", **proposal(**other))
    assert page.status == 422 and problem in page.text(".errsum") and nomination(app) == {}
    assert page("input[name=ends_on]")["value"] == proposal(**other)["ends_on"]


def test_a_lapsed_standing_stops_a_proposal_unless_both_say_why(app, cast, desk, second, answered, applied):
    lapse(app, cast.id("partner"))
    assert "not a partner or member at present" in desk.get(f"{NOMINATION}/").text("main")
    page = desk.post(f"{NOMINATION}/propose/{applied}/", **proposal())
    assert page.status == 422 and "A rule is not kept." in page.text(".errsum") and nomination(app) == {}
    assert (
        desk.post(f"{NOMINATION}/propose/{applied}/", **proposal(override="It renews next week.")).status
        == 303
    )
    assert second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"]).status == 422
    assert (
        second.post(
            f"{NOMINATION}/confirm/", nomination=nomination(app)["id"], override="I have seen the letter."
        ).status
        == 303
    )
    row = nomination(app)
    assert (row["failing"], row["confirmed_failing"]) == ("standing", "standing")
    said = desk.get(f"/en/vacancies/records/{answered}/").text("main")
    assert "It renews next week." in said and "I have seen the letter." in said
    assert "not a partner or member at present" in said


def test_a_standing_that_lapses_after_the_proposal_stops_its_confirmation(app, cast, second, proposed):
    lapse(app, cast.id("partner"))
    page = second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"])
    assert page.status == 422 and nomination(app)["confirmed_at"] is None
    # Whoever proposed did not know of it: their reason is missing, so the proposal goes back.
    second.post(f"{NOMINATION}/confirm/", nomination=proposed, override="All the same.")
    assert "Something has changed meanwhile." in second.get(f"{NOMINATION}/").text(".flash.bad")
    assert nomination(app)["confirmed_at"] is None


def test_only_the_proposal_that_was_read_can_be_confirmed_or_sent_back(app, desk, second, proposed, applied):
    desk.post(f"{NOMINATION}/withdraw/", nomination=proposed, reason="Better said.")
    desk.post(f"{NOMINATION}/propose/{applied}/", **proposal(reason="Something nobody else has read."))
    for act in ("confirm", "withdraw"):
        for seen in (proposed, ""):
            second.post(f"{NOMINATION}/{act}/", nomination=seen, reason="x")
            assert "Something has changed meanwhile." in second.get(f"{NOMINATION}/").text(".flash.bad")
    row = nomination(app)
    assert row["confirmed_at"] is None and row["withdrawn_at"] is None


def test_without_a_consultation_a_rule_fails(app, cast, desk, second, call, applied, change_vacancy):
    change_vacancy(call, closed_at=now())
    page = desk.post(f"{NOMINATION}/propose/{applied}/", **proposal())
    assert page.status == 422 and "Nobody was consulted" in page.text("main")
    assert (
        desk.post(f"{NOMINATION}/propose/{applied}/", **proposal(override="There is only one.")).status == 303
    )
    assert (
        second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"], override="Agreed.").status
        == 303
    )


def test_a_consultation_whose_time_is_not_over_is_none_while_somebody_has_not_answered(
    app, desk, second, begun, applied
):
    desk.post(f"{SEAT}/consultation/declare/", relation="no")
    page = desk.post(f"{NOMINATION}/propose/{applied}/", **proposal())
    assert page.status == 422 and "the time to answer is not over" in page.text("main")


def test_every_other_candidate_needs_a_reason(app, desk, answered, applied, rival):
    page = desk.post(f"{NOMINATION}/propose/{applied}/", **proposal())
    assert page.status == 422 and "why they are not nominated" in page.text(".errsum")
    fields = proposal(**{f"refusal_{rival}": "We looked for somebody from the Sahel."})
    assert desk.post(f"{NOMINATION}/propose/{applied}/", **fields).status == 303


def test_only_the_panel_without_a_relation_decides(app, cast, desk, second, answered, applied):
    change(app, cast.id("member"), role=Role.SECRETARY)
    outsider = Browser(app).sign_in(cast.email("member"))
    assert outsider.get(f"{NOMINATION}/propose/{applied}/").status == 403
    assert "You are not on it" in outsider.get(f"{NOMINATION}/").text("main")
    assert outsider.post(f"{NOMINATION}/propose/{applied}/", **proposal()).status == 403
    assert Browser(app).sign_in(cast.email("partner")).get(f"{NOMINATION}/").status == 403
    assert nomination(app) == {}


def test_a_proposal_goes_back_with_a_reason_and_another_can_be_made(
    app, desk, second, proposed, answered, applied, mails
):
    before = len(mails())
    assert second.post(f"{NOMINATION}/withdraw/", nomination=nomination(app)["id"], reason="").status == 422
    assert (
        second.post(
            f"{NOMINATION}/withdraw/", nomination=nomination(app)["id"], reason="Ask the Forum first."
        ).status
        == 303
    )
    assert step_of(app, answered) == "consultation" and len(mails()) == before  # the candidate never knew
    assert "Ask the Forum first." in desk.get(f"{NOMINATION}/").text("main")
    assert desk.post(f"{NOMINATION}/propose/{applied}/", **proposal()).status == 303


def test_a_confirmed_nomination_that_is_taken_back_is_told_to_the_candidate(app, cast, desk, offered, mails):
    assert (
        desk.post(
            f"{NOMINATION}/withdraw/", nomination=nomination(app)["id"], reason="The call was not announced."
        ).status
        == 303
    )
    assert mails()[-1]["to"] == cast.email("partner") and "The call was not announced." in mails()[-1]["body"]


def test_who_proposes_second_sees_that_there_is_one(app, desk, second, proposed, applied):
    sent = second.post(f"{NOMINATION}/propose/{applied}/", **proposal())
    assert sent.status == 303
    assert "Somebody has been proposed already." in second.get(f"{NOMINATION}/").text(".flash.bad")


def test_a_candidate_who_stood_down_cannot_be_proposed(app, cast, desk, answered, applied):
    Browser(app).sign_in(cast.email("partner")).post(f"/en/applications/{applied}/stand-down/")
    assert desk.post(f"{NOMINATION}/propose/{applied}/", **proposal()).status == 404


def test_nothing_is_decided_without_having_shown_lately_who_one_is(app, cast, desk, answered, applied):
    later = now() + timedelta(minutes=16)
    try:
        clock.turn(lambda: later)
        assert "/again/" in desk.post(f"{NOMINATION}/propose/{applied}/", **proposal()).location
    finally:
        clock.turn(None)
    assert nomination(app) == {}
