"""Answering: by link or by account, once, with the relation declared, for the panel alone; late ones are marked."""

import pytest
from sqlalchemy import select, text

from permille.consultations.answering import broken_answers
from permille.consultations.models import Answer
from permille.foundation import clock
from permille.foundation.database import db
from permille.people.models import Role
from tests.browser import Browser
from tests.cast import change
from tests.consultations.conftest import DESK, an_answer, asked_by, in_days, link_in, opinion_fields
from tests.vacancies.conftest import acts_of


@pytest.fixture
def mail(mails, begun):
    return next(mail for mail in mails() if mail["to"] == "forum@village.example")


@pytest.fixture
def visitor(app, mail):
    browser = Browser(app)
    browser.page = browser.get(link_in(mail), follow=True)
    return browser


def answers(app):
    with app.app_context():
        return db.session.scalars(select(Answer.words).order_by(Answer.id)).all()


def send(browser, page, **other):
    where = page("form[method=post][novalidate]")["action"]
    fields = an_answer(page, **other)
    checked = browser.post(where, **fields)
    assert checked.status == 200, checked.text()
    hidden = {field["name"]: field["value"] for field in checked.soup.select("main input[type=hidden]")}
    hidden.pop("csrf_token", None)
    return browser.post(where, **hidden, send="1")


def test_a_visitor_answers_by_the_link_which_is_spent_by_sending_not_by_opening(app, visitor, mail, begun):
    assert "Because the soils of my village wait." in visitor.page.text("main")
    assert "partner@demo.example" not in visitor.page.html
    assert Browser(app).get(link_in(mail), follow=True).status == 200
    done = send(visitor, visitor.page)
    assert done.status == 200 and answers(app) == ["They know the soils."]
    assert Browser(app).get(link_in(mail), follow=True).status == 410
    assert acts_of(app, begun)[-1] == "consultation.answered"


def test_what_is_missing_is_said_and_nothing_is_lost(app, visitor):
    names = opinion_fields(visitor.page)
    where = visitor.page("form[method=post][novalidate]")["action"]
    for missing, problem in (
        ({names["relation"]: ""}, "relation"),
        ({names["support"]: "maybe"}, ""),
        ({names["relation"]: "family"}, "relation"),
        ({"is_mine": ""}, ""),
        ({names["opinion"]: "x" * 3001}, ""),
    ):
        page = visitor.post(where, **an_answer(visitor.page, **missing), send="1")
        assert page.status == 422 and page(".errsum") and problem in page.html
        assert "They know the soils." in page.text("textarea[name=words]")
    assert answers(app) == []


def test_an_answer_is_looked_at_and_can_be_changed_before_it_is_sent(app, visitor):
    where = visitor.page("form[method=post][novalidate]")["action"]
    page = visitor.post(where, **an_answer(visitor.page))
    assert "They know the soils." in page.text("main") and answers(app) == []
    again = visitor.post(where, **an_answer(visitor.page), edit="1")
    assert "They know the soils." in again.text("textarea[name=words]") and answers(app) == []


def test_an_account_answers_after_signing_in_and_nobody_else_on_its_page(app, cast, begun):
    number = asked_by(app, begun)[cast.email("leader")]
    where = f"/en/consultations/{number}/"
    assert Browser(app).get(where).status == 302
    assert Browser(app).sign_in(cast.email("member")).get(where).status == 404
    assert Browser(app).sign_in(cast.email("secretary")).get(where).status == 404
    leader = Browser(app).sign_in(cast.email("leader"))
    assert where in leader.get("/en/me/offices/").html
    assert send(leader, leader.get(where)).location == where
    assert "cannot be changed" in leader.get(where).text("main")
    assert where not in leader.get("/en/me/offices/").html
    assert leader.post(where, **{"words": "again", "send": "1"}).status == 409
    assert len(answers(app)) == 1


def test_after_the_last_day_an_answer_is_taken_and_marked_as_late(app, cast, desk, second, visitor):
    moment = in_days(16)
    try:
        clock.turn(lambda: moment)
        page = visitor.get("/fr/consultations/reply/")
        assert send(visitor, page).status == 200
    finally:
        clock.turn(None)
    second.post(f"{DESK}/declare/", relation="no")
    assert "late" in second.get(f"{DESK}/answers/").text("ol.list")
    assert "late" in desk.get(f"{DESK}/").text("tbody")


def test_once_somebody_is_proposed_answers_are_no_longer_taken(app, visitor, begun, change_vacancy):
    change_vacancy(begun, nomination_at=in_days(0))
    page = visitor.get("/en/consultations/reply/")
    assert "Answers are no longer taken" in page.text("main")
    assert visitor.post("/en/consultations/reply/", words="x", send="1").status == 409
    assert answers(app) == []


def test_a_candidate_who_stood_down_is_no_longer_asked_about(app, cast, visitor, applied):
    fields = an_answer(visitor.page)
    Browser(app).sign_in(cast.email("partner")).post(f"/en/applications/{applied}/stand-down/")
    page = visitor.get("/en/consultations/reply/")
    assert not page("input[name^=support_]")
    visitor.post("/en/consultations/reply/", **fields, send="1")
    with app.app_context():
        assert db.session.scalars(select(Answer)).one().opinions == []


def test_the_answers_are_for_the_panel_which_declares_its_relations_first(app, cast, desk, second, visitor):
    send(visitor, visitor.page)
    change(app, cast.id("member"), role=Role.SECRETARY)
    outsider = Browser(app).sign_in(cast.email("member"))
    assert outsider.get(f"{DESK}/answers/").status == 403 and outsider.get(f"{DESK}/").status == 200
    assert outsider.get(f"{DESK}/declare/").status == 403
    assert desk.get(f"{DESK}/answers/").location == f"{DESK}/declare/"
    assert desk.post(f"{DESK}/declare/").status == 422
    assert desk.post(f"{DESK}/declare/", relation="no").location == f"{DESK}/answers/"
    page = desk.get(f"{DESK}/answers/")
    assert "They know the soils." in page.text("main") and "Forum of Partners" in page.text("main")
    assert desk.post(f"{DESK}/declare/", relation="yes").status == 403
    second.post(f"{DESK}/declare/", relation="yes")
    assert second.get(f"{DESK}/answers/").status == 403


def test_an_opinion_of_somebody_related_is_shown_but_not_counted(app, desk, visitor):
    names = opinion_fields(visitor.page)
    send(visitor, visitor.page, **{names["relation"]: "family", names["relation_note"]: "My cousin"})
    desk.post(f"{DESK}/declare/", relation="no")
    page = desk.get(f"{DESK}/answers/")
    assert "My cousin" in page.text("ol.list")
    assert [cell.get_text(strip=True) for cell in page.soup.select("tbody tr td")] == ["0", "0", "0", "0"]


def test_no_word_of_an_answer_stands_in_the_record_which_still_proves_it(app, desk, visitor, begun):
    send(visitor, visitor.page)
    page = desk.get(f"/en/vacancies/records/{begun}/")
    assert "answered in a consultation" in page.text("main") and "They know the soils." not in page.html
    with app.app_context():
        assert list(broken_answers(db.session)) == []
        db.session.execute(text("UPDATE answer SET words = 'They know nothing.'"))
        db.session.commit()
        assert len(list(broken_answers(db.session))) == 1


def test_who_deletes_their_account_leaves_no_words_behind(app, cast, begun):
    leader = Browser(app).sign_in(cast.email("leader"))
    number = asked_by(app, begun)[cast.email("leader")]
    send(leader, leader.get(f"/en/consultations/{number}/"))
    assert "They know the soils." in leader.post("/en/me/data/").html
    assert leader.post("/en/me/delete/").status == 303
    assert answers(app) == [""]
    with app.app_context():
        assert list(broken_answers(db.session)) == []


def test_a_candidate_who_deletes_their_account_takes_what_was_said_of_them_along(app, cast, visitor):
    send(visitor, visitor.page, **{opinion_fields(visitor.page)["opinion"]: "Always on time."})
    assert Browser(app).sign_in(cast.email("partner")).post("/en/me/delete/").status == 303
    with app.app_context():
        assert [one.words for one in db.session.scalars(select(Answer)).one().opinions] == [""]
        assert list(broken_answers(db.session)) == []


def test_two_sendings_at_once_are_one_answer(app, visitor):
    where = visitor.page("form[method=post][novalidate]")["action"]
    fields = an_answer(visitor.page)
    first = visitor.post(where, **fields, send="1")
    second = visitor.post(where, **fields, send="1")
    assert (first.status, second.status) == (200, 410) and len(answers(app)) == 1
