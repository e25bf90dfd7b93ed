"""Complaints: for thirty days, read and answered by people who had no part in the decision."""

from datetime import timedelta

from sqlalchemy import select

from permille.complaints.models import Complaint
from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from tests.browser import Browser
from tests.complaints.conftest import WHERE, WORDS
from tests.vacancies.conftest import SEAT, acts_of


def complaints(app):
    with app.app_context():
        return db.session.execute(
            select(Complaint.id, Complaint.words, Complaint.finding, Complaint.answer)
        ).all()


def test_a_complaint_goes_to_people_who_had_no_part_in_the_decision_and_comes_back_answered(
    app, cast, desk, second, filled, member, outsider, mails, answered
):
    assert WHERE in member.get(f"{SEAT}/").html
    before = len(mails())
    sent = member.post(WHERE, words=WORDS)
    assert sent.status == 303 and WORDS in member.get(sent.location).text("main")
    assert [mail["to"] for mail in mails()[before:]] == [cast.email("newcomer")]
    for browser in (desk, second):
        assert browser.get(sent.location).status == 404
        assert browser.post(sent.location, finding="stands", answer="No.").status == 404
        assert "You had a part in this nomination" in browser.get("/en/complaints/").text("main")
    assert outsider.post(sent.location, finding="", answer="").status == 422
    assert (
        outsider.post(sent.location, finding="upheld", answer="You are right. A new call follows.").status
        == 303
    )
    assert mails()[-1]["to"] == cast.email("member")
    assert "You are right. A new call follows." in member.get(sent.location).text("main")
    assert outsider.post(sent.location, finding="stands", answer="No.").status == 403
    assert "Mariana" not in desk.get("/en/secretariat/audit/?action=complaint.received").text("main")
    assert acts_of(app, answered)[-2:] == ["complaint.received", "complaint.answered"]
    record = desk.get(f"/en/vacancies/records/{answered}/").text("main")
    assert "The complaint is right" in record and WORDS not in record


def test_who_was_nominated_or_decided_cannot_complain_and_nobody_twice(
    app, cast, desk, second, filled, member
):
    partner = Browser(app).sign_in(cast.email("partner"))
    for browser in (partner, desk, second):
        assert browser.post(WHERE, words=WORDS).status == 403
    assert member.post(WHERE, words=" ").status == 422
    assert member.post(WHERE, words=WORDS).status == 303
    assert member.get(WHERE).location.startswith("/en/complaints/")
    member.post(WHERE, words="Again.")
    assert [row.words for row in complaints(app)] == [WORDS]
    assert Browser(app).get(WHERE).status == 302


def test_after_thirty_days_it_is_too_late(app, cast, filled):
    later = now() + timedelta(days=30, minutes=1)
    try:
        clock.turn(lambda: later)
        late = Browser(app).sign_in(cast.email("member"))
        assert WHERE not in late.get(f"{SEAT}/").html and late.post(WHERE, words=WORDS).status == 403
        assert "in the last 30 days" in late.get(WHERE).text("main")
    finally:
        clock.turn(None)


def test_where_nobody_was_nominated_there_is_nothing_to_complain_about(member):
    assert member.post("/en/vacancies/a2/leader/complaint/", words=WORDS).status == 403
    assert member.get("/en/vacancies/zz/leader/complaint/").status == 404


def test_who_deletes_their_account_takes_their_words_along(app, filled, member):
    member.post(WHERE, words=WORDS)
    assert member.post("/en/me/delete/").status == 303
    assert [row.words for row in complaints(app)] == [""]


def test_a_complaint_is_nobody_elses_business(app, cast, filled, member):
    where = member.post(WHERE, words=WORDS).location
    assert "it waits until somebody else can answer" in member.get(where).text("main")
    assert Browser(app).sign_in(cast.email("leader")).get(where).status == 404
    assert Browser(app).sign_in(cast.email("leader")).get("/en/complaints/").status == 403
