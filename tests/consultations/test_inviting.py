"""Inviting and reminding: looked at before, tested, sent in each language, and what was not delivered."""

import pytest
from sqlalchemy import select

from permille.cli.housekeeping import keep_house
from permille.consultations.models import Answer, Consultee
from permille.consultations.reminding import remind_in_time
from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.outbox import Job
from permille.vacancies.models import Application, Vacancy
from tests.browser import Browser
from tests.consultations.conftest import DESK, TYPED, an_answer, asked_by, in_days, link_in, preparation
from tests.vacancies.conftest import ANSWERS, acts_of


def stand_for(app, person_id, vacancy_id):
    """Let somebody stand for the seat, as if they had sent an application."""
    with app.app_context():
        db.session.add(
            Application(
                vacancy_id=vacancy_id,
                person_id=person_id,
                number="C2-88888",
                sent_at=now(),
                evidence=[],
                **ANSWERS,
            )
        )
        db.session.commit()


def test_the_mails_are_shown_in_every_language_they_will_be_sent_in_and_a_test_goes_to_oneself(
    app, cast, desk, prepared, mails
):
    desk.post(f"{DESK}/addresses/", addresses=TYPED, language="fr")
    desk.post(f"{DESK}/addresses/", addresses="soils@village.example", language="en")
    page = desk.get(f"{DESK}/invite/")
    shown = {one["lang"]: one.get_text() for one in page.soup.select("div.note[lang]")}
    assert set(shown) == {"en", "fr"} and "Que savez-vous d’eux" in shown["fr"]
    before = len(mails())
    assert desk.post(f"{DESK}/test/").status == 303
    assert {(mail["to"], mail["lang"]) for mail in mails()[before:]} == {
        (cast.email("secretary"), "en"), (cast.email("secretary"), "fr")
    }  # fmt: skip
    with app.app_context():
        assert not db.session.scalars(select(Consultee.id).where(Consultee.invited_at.is_not(None))).all()


def test_invitations_begin_the_consultation_and_everybody_is_asked_once_in_their_language(
    app, cast, desk, begun, mails
):
    sent = mails()
    asked = {
        mail["to"]: mail["lang"]
        for mail in sent
        if "question" in mail["subject"].lower() or "candidat" in mail["subject"]
    }
    assert asked["forum@village.example"] == "fr"
    with app.app_context():
        assert db.session.get_one(Vacancy, begun).consultation_at is not None
    told = [mail for mail in sent if mail["to"] == cast.email("partner")][-1]
    assert told["lang"] == "zh"
    before = len(mails())
    desk.post(f"{DESK}/invite/")
    assert "Everybody on the list has been asked" in desk.get(f"{DESK}/").text(".flash.bad")
    assert len(mails()) == before
    assert acts_of(app, begun)[-1] == "consultation.begun"


def test_more_people_can_be_asked_later(app, desk, begun):
    desk.post(f"{DESK}/addresses/", addresses="late@village.example Someone", language="es")
    desk.post(f"{DESK}/invite/")
    assert acts_of(app, begun)[-1] == "consultation.widened"


@pytest.mark.parametrize(
    ("state", "problem"),
    [
        ({"closed_at": None}, "The call is still open."),
        ({"nomination_at": now()}, "It is too late for that"),
    ],
)
def test_a_consultation_that_cannot_begin_says_why(
    app, desk, prepared, change_vacancy, mails, state, problem
):
    desk.post(f"{DESK}/addresses/", addresses=TYPED, language="fr")
    change_vacancy(prepared, **state)
    before = len(mails())
    assert "note" in desk.get(f"{DESK}/invite/").html
    desk.post(f"{DESK}/invite/")
    assert problem in desk.get(f"{DESK}/").text(".flash.bad") and len(mails()) == before


def test_without_a_candidate_nobody_is_asked(app, cast, desk, prepared, applied, mails):
    Browser(app).sign_in(cast.email("partner")).post(f"/en/applications/{applied}/stand-down/")
    desk.post(f"{DESK}/addresses/", addresses=TYPED, language="fr")
    desk.post(f"{DESK}/invite/")
    assert "There is no candidate to ask about." in desk.get(f"{DESK}/").text(".flash.bad")


def test_what_was_not_delivered_is_listed_first_and_sent_again_to_a_mended_address(app, desk, begun, mails):
    number = asked_by(app, begun)["forum@village.example"]
    with app.app_context():
        job = db.session.get_one(Job, db.session.get_one(Consultee, number).job_id)
        job.failed_at, job.error = now(), "Undeliverable: 550"
        db.session.commit()
    first = desk.get(f"{DESK}/").soup.select("tbody tr")[0]
    assert "Forum of Partners" in first.get_text() and "Not delivered" in first.get_text()
    where = f"{DESK}/consultees/{number}/again/"
    assert desk.post(where, email="nonsense").status == 422
    assert desk.post(where, email="leader@demo.example").status == 422
    before = len(mails())
    assert desk.post(where, email="forum2@village.example").status == 303
    assert [mail["to"] for mail in mails()[before:]] == ["forum2@village.example"]


def test_reminders_go_to_who_has_not_answered_and_not_twice_in_a_row(app, desk, begun, mails):
    asked = len(asked_by(app, begun))
    before = len(mails())
    assert desk.post(f"{DESK}/remind/").status == 303
    assert len(mails()) == before + asked
    assert desk.post(f"{DESK}/remind/").status == 429
    assert acts_of(app, begun)[-1] == "consultation.reminded"


def test_three_days_before_the_last_day_the_platform_reminds_once_by_itself(app, begun, mails):
    asked, before = len(asked_by(app, begun)), len(mails())
    try:
        for days, sent in ((10, 0), (12, asked), (13, asked)):
            moment = in_days(days)
            clock.turn(lambda moment=moment: moment)
            with app.app_context():
                remind_in_time(db.session)
                assert not db.session().in_transaction(), "the worker would keep everybody else from writing"
            clock.turn(None)
            assert len(mails()) == before + sent, days
    finally:
        clock.turn(None)


def test_the_link_of_a_reminder_works_and_that_of_the_invitation_too(app, desk, begun, mails):
    first = next(mail for mail in mails() if mail["to"] == "forum@village.example")
    desk.post(f"{DESK}/remind/")
    last = [mail for mail in mails() if mail["to"] == "forum@village.example"][-1]
    assert first["body"] != last["body"]
    for mail in (first, last):
        visitor = Browser(app)
        assert "Que savez-vous d’eux" in visitor.get(link_in(mail), follow=True).text("main")


def test_what_was_answered_and_who_was_asked_is_forgotten_in_time(app, begun, change_vacancy):
    app.config["KEPT_ANSWERS_DAYS"] = 30
    change_vacancy(begun, ended_at=now(), outcome="nobody")
    moment = in_days(31)
    try:
        clock.turn(lambda: moment)
        with app.app_context():
            keep_house()
            assert db.session.scalars(select(Consultee.id)).all() == []
    finally:
        clock.turn(None)


def test_who_applied_after_they_were_listed_or_came_onto_the_panel_is_not_asked(
    app, cast, desk, call, applied, change_vacancy, mails
):
    desk.post(f"{DESK}/", **preparation(cast))
    desk.post(f"{DESK}/addresses/", addresses=f"{TYPED}\n{cast.email('leader')}", language="fr")
    stand_for(app, cast.id("leader"), call)
    change_vacancy(call, closed_at=now())
    before = len(mails())
    desk.post(f"{DESK}/invite/")
    asked = [mail["to"] for mail in mails()[before:] if "candidat" in mail["subject"]]
    assert asked == ["forum@village.example"]


def test_the_link_of_a_mail_that_arrived_is_not_sent_elsewhere_and_what_is_mended_is_on_record(
    app, desk, begun, mails
):
    number = asked_by(app, begun)["forum@village.example"]
    where = f"{DESK}/consultees/{number}/again/"
    page = desk.post(where, email="my-own@mailbox.example")
    assert page.status == 422 and "was delivered" in page.text(".errsum")
    assert desk.post(where, email="forum@village.example").status == 303
    with app.app_context():
        job = db.session.get_one(Job, db.session.get_one(Consultee, number).job_id)
        job.failed_at, job.error = now(), "Undeliverable: 550"
        db.session.commit()
    assert desk.post(where, email="forum2@village.example").status == 303
    assert acts_of(app, begun)[-1] == "consultee.mended"


def test_who_declared_a_relation_has_no_further_part_in_it(app, desk, second, begun):
    number = asked_by(app, begun)["forum@village.example"]
    assert second.post(f"{DESK}/declare/", relation="yes").location == "/en/vacancies/c2/africa/"
    for path in ("/", "/panel/", "/invite/", "/answers/"):
        assert second.get(f"{DESK}{path}").status == 403, path
    assert second.get("/en/vacancies/c2/africa/nomination/").status == 403
    assert second.post(f"{DESK}/consultees/{number}/again/", email="forum@village.example").status == 403


def test_what_was_said_of_others_is_forgotten_in_time_too(app, cast, desk, begun, change_vacancy, mails):
    visitor = Browser(app)
    page = visitor.get(
        link_in(next(mail for mail in mails() if mail["to"] == "forum@village.example")), follow=True
    )
    visitor.post("/fr/consultations/reply/", **an_answer(page), send="1")
    app.config["KEPT_ANSWERS_DAYS"] = 30
    with app.app_context():
        db.session.scalars(select(Answer)).one().erased_at = now()
        db.session.commit()
    change_vacancy(begun, ended_at=now(), outcome="nobody")
    moment = in_days(31)
    try:
        clock.turn(lambda: moment)
        with app.app_context():
            keep_house()
            assert db.session.scalars(select(Answer.words)).all() == [""]
            assert db.session.execute(select(Consultee.email, Consultee.name, Consultee.person_id)).all() == [
                (None, "", None)
            ]
    finally:
        clock.turn(None)
