"""Reminders before the last day, and what is forgotten long after it."""

from datetime import timedelta

from sqlalchemy import select, update

from permille.cli.housekeeping import keep_house
from permille.consultations.models import Answer, Consultee
from permille.consultations.reminding import remind_in_time
from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.languages import day as written
from permille.foundation.languages import speaking
from tests.browser import Browser
from tests.consultations.conftest import DESK, an_answer, asked_by, in_days, link_in
from tests.vacancies.conftest import acts_of


def test_reminders_go_to_who_has_not_answered_and_not_twice_in_a_row(app, desk, begun, mails):
    asked = len(asked_by(app, begun))
    before = len(mails())
    assert desk.post(f"{DESK}/remind/").status == 303
    assert len(mails()) == before + asked
    assert desk.post(f"{DESK}/remind/").status == 429
    assert acts_of(app, begun)[-1] == "consultation.reminded"


def test_reminders_are_looked_at_in_every_language_and_tried_on_oneself_before_they_go_out(
    app, cast, desk, begun, mails
):
    page = desk.get(f"{DESK}/")
    assert page(f'a[href="{DESK}/remind/"]') and not page(f'form[action="{DESK}/remind/"]')
    page, asked = desk.get(f"{DESK}/remind/"), asked_by(app, begun)
    shown = {one["lang"]: one.get_text() for one in page.soup.select("div.note[lang]")}
    assert "Que savez-vous d’eux" in shown["fr"] and "Some time ago we asked you" in shown["en"]
    assert page.text(f'form[action="{DESK}/remind/"] button') == f"Send {len(asked)} reminders"
    before = len(mails())
    assert desk.post(f"{DESK}/remind/test/").location == f"{DESK}/remind/"
    tried = mails()[before:]
    assert {mail["to"] for mail in tried} == {cast.email("secretary")}
    assert {mail["lang"] for mail in tried} == set(shown)
    assert "still awaited" in next(mail for mail in tried if mail["lang"] == "en")["subject"]
    with app.app_context():
        assert not db.session.scalars(select(Consultee.id).where(Consultee.reminded_at.is_not(None))).all()


def test_where_no_answer_is_awaited_the_page_says_so_and_nothing_goes_out(
    app, desk, begun, mails, change_vacancy
):
    with app.app_context():
        db.session.execute(update(Consultee).values(answered_at=now()))
        db.session.commit()
    page, before = desk.get(f"{DESK}/remind/"), len(mails())
    assert "no answer is awaited" in page.text(".note") and not page(f'form[action="{DESK}/remind/"]')
    for _again in range(2):
        assert desk.post(f"{DESK}/remind/").status == 303
        assert "no answer is awaited" in desk.get(f"{DESK}/").text(".flash.bad")
    assert len(mails()) == before
    change_vacancy(begun, nomination_at=now())
    assert "It is too late for that" in desk.get(f"{DESK}/remind/").text(".note")


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


def test_the_day_after_which_a_link_does_not_work_stands_in_its_mail(app, cast, desk, begun, mails):
    desk.post(f"{DESK}/remind/")
    by_link = [mail for mail in mails() if mail["to"] == "forum@village.example"]
    last = in_days(14 + 30)
    with speaking("fr"):
        assert len(by_link) == 2 and all(written(last) in mail["body"] for mail in by_link)
        by_account = [mail for mail in mails() if mail["to"] == cast.email("leader")]
        assert not any(written(last) in mail["body"] for mail in by_account)
    shown = desk.get(f"{DESK}/remind/").soup.select_one("div.note[lang=fr]").get_text()
    with speaking("fr"):
        assert written(last) in shown
    try:
        noon = last.replace(hour=12)
        for moment, status in ((noon, 200), (noon + timedelta(days=1), 410)):
            clock.turn(lambda moment=moment: moment)
            assert Browser(app).get(link_in(by_link[0]), follow=True).status == status, moment
    finally:
        clock.turn(None)


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
