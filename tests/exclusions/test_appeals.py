"""One appeal, answered by somebody of the Secretariat who did not decide."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from permille.exclusions.models import Exclusion, Measure
from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Role
from tests.cast import change
from tests.exclusions.conftest import ON_SQLITE

WORDS = "I was not at that meeting."
LIFTED = {"finding": "lifted", "answer": "The minutes say so as well."}


def test_an_appeal_against_the_secretariat_is_answered_by_another_person_of_it(
    of, cast, decided, mails, state
):
    where = decided(Measure.SUSPENSION, by="secretary")
    member, before = of("member"), len(mails())
    assert member.post(f"{where}appeal/", words=" ").status == 422
    assert member.post(f"{where}appeal/", words=WORDS).status == 303
    assert [mail["to"] for mail in mails()[before:]] == [cast.email("second-secretary")]
    assert state() == (False, True, [""])
    assert of("secretary").post(f"{where}answer/", **LIFTED).status == 403
    assert "Somebody else answers" in of("secretary").get("/en/exclusions/").text("main")
    second = of("second-secretary")
    assert WORDS in second.get(where).text("main")
    assert second.post(f"{where}answer/", finding="lifted", answer=" ").status == 422
    assert second.post(f"{where}answer/", **LIFTED).status == 303
    assert state() == (False, False, ["granted"])
    assert [mail["to"] for mail in mails()[-2:]] == [cast.email("member"), cast.email("secretary")]
    assert LIFTED["answer"] in member.get(where).text("main") and LIFTED["answer"] in mails()[-2]["body"]
    assert second.post(f"{where}answer/", **LIFTED).status == 403
    assert member.post(f"{where}appeal/", words=WORDS).status == 403


def test_the_database_refuses_an_answer_of_whoever_decided(app, cast, decided):
    where = decided(by="secretary")
    with app.app_context():
        one = db.session.get_one(Exclusion, int(where.split("/")[-2]))
        one.appeal_with(WORDS)
        db.session.commit()
        one.appeal_decided_at, one.finding, one.appeal_decided_by_id = now(), "stands", cast.id("secretary")
        with pytest.raises(IntegrityError):
            db.session.commit()
        db.session.rollback()


@ON_SQLITE
def test_nobody_of_the_secretariat_answers_their_own_appeal_and_no_other_member_appeals(
    app, of, cast, decided
):
    where = decided()
    assert of("partner").post(f"{where}appeal/", words=WORDS).status == 404
    assert of("leader").post(f"{where}appeal/", words=WORDS).status == 403
    assert of("member").post(f"{where}appeal/", words=WORDS).status == 303
    change(app, cast.id("member"), role=Role.SECRETARY)
    assert of("member").post(f"{where}answer/", **LIFTED).status == 403
    assert of("member").post(f"{where}take-back/", reason="Me.").status == 403


@ON_SQLITE
def test_after_thirty_days_it_is_too_late(of, decided, later):
    where = decided(days=60)
    later(30)
    assert "you can appeal once" not in of("member").get(where).text("main")
    assert of("member").post(f"{where}appeal/", words=WORDS).status == 403


@ON_SQLITE
def test_the_desk_counts_the_appeals_that_wait_and_lists_the_oldest_first(of, decided):
    secretary = of("secretary")
    assert "No appeal waits for an answer." in secretary.get("/en/exclusions/").text("main")
    where = decided()
    of("member").post(f"{where}appeal/", words=WORDS)
    desk = secretary.get("/en/secretariat/")
    assert desk("a[href='/en/exclusions/'] + b").get_text() == "1"
    moment = now() + timedelta(days=3)
    try:
        clock.turn(lambda: moment)
        assert "waits for 3 days" in of("secretary").get("/en/exclusions/").text("main")
    finally:
        clock.turn(None)
    assert of("leader").get("/en/exclusions/").status == 403
