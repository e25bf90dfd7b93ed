"""Applying: who may, what is kept, what is sent, and what happens at the same moment."""

import pytest
from sqlalchemy import func, select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Affiliation
from permille.taskforces.models import Membership
from permille.vacancies.models import Application
from tests.browser import Browser
from tests.vacancies.conftest import ANSWERS, SEAT, acts_of, application_of, lapse


def sent_count(app):
    with app.app_context():
        return db.session.scalar(select(func.count(Application.id)).where(Application.sent_at.is_not(None)))


def test_a_candidate_writes_checks_sends_and_gets_a_number_by_mail(app, cast, browser, call, mails):
    browser.sign_in(cast.email("partner"))
    page = browser.post(f"{SEAT}/apply/", **ANSWERS)
    assert page.location == f"{SEAT}/apply/check/"
    check = browser.get(page.location)
    assert all(ANSWERS[name] in check.text("main") for name in ("why", "experience", "knowledge", "time"))
    before = sent_count(app)
    sent = browser.post(f"{SEAT}/apply/check/", joins="y")
    assert sent_count(app) == before + 1
    status = browser.get(sent.location)
    number = status.text("h1").removeprefix("Application ")
    assert number.startswith("C2-") and number in mails()[-1]["subject"]
    assert "Sent" in status.text("main") and "Next step:" in status.text("main")
    assert "C2" in browser.get("/en/me/offices/").text("main")
    assert acts_of(app, call) == ["application.sent"]


@pytest.mark.parametrize("joins", [True, False])
def test_a_candidate_is_a_team_member_meanwhile_only_if_they_wish(app, cast, browser, call, joins):
    browser.sign_in(cast.email("partner")).post(f"{SEAT}/apply/", **ANSWERS)
    browser.post(f"{SEAT}/apply/check/", **({"joins": "y"} if joins else {}))
    with app.app_context():
        mine = select(func.count(Membership.id)).where(Membership.person_id == cast.id("partner"))
        assert db.session.scalar(mine) == int(joins)


def test_the_form_sent_twice_counts_once(app, cast, browser, call, mails):
    browser.sign_in(cast.email("partner")).post(f"{SEAT}/apply/", **ANSWERS)
    first = browser.post(f"{SEAT}/apply/check/")
    already = len(mails())
    assert browser.post(f"{SEAT}/apply/check/").location == first.location
    assert len(mails()) == already and acts_of(app, call) == ["application.sent"]


def test_what_is_saved_for_later_is_there_on_any_device_and_is_not_sent(app, cast, browser, call):
    browser.sign_in(cast.email("partner"))
    before = sent_count(app)
    browser.post(f"{SEAT}/apply/", why="Half a thou", save="1")
    other = Browser(app).sign_in(cast.email("partner"))
    assert other.get("/zh/vacancies/c2/africa/apply/").text("#why") == "Half a thou"
    assert sent_count(app) == before


def test_the_page_keeps_what_is_typed_by_itself(app, cast, browser, call):
    browser.sign_in(cast.email("partner"))
    kept = browser.post(f"{SEAT}/apply/keep/", htmx=True, why="As I type", time="An hour")
    assert kept.is_fragment and "Saved at" in kept.text("#kept")
    assert browser.get(f"{SEAT}/apply/").text("#why") == "As I type"


def test_what_is_missing_or_too_long_is_said_beside_its_question_and_kept(cast, browser, call):
    browser.sign_in(cast.email("partner"))
    page = browser.post(f"{SEAT}/apply/", **{**ANSWERS, "why": "x" * 3001, "time": "", "links": "not a link"})
    assert page.status == 422
    said = page.text(".errsum")
    assert "3,001" in said and "how much time" in said and "https://" in said
    assert browser.get(f"{SEAT}/apply/").text("#why") == "x" * 3001


def test_the_words_of_the_join_form_come_along(cast, browser, call):
    browser.sign_in(cast.email("partner"))
    sent = browser.post(
        "/en/objectives/c2/join/?region=africa", role="representative", contribution="I know the Sahel."
    )
    assert sent.location == f"{SEAT}/apply/"
    assert browser.get(sent.location).text("#why") == "I know the Sahel."


def test_a_leader_is_not_asked_about_a_region(app, cast, browser):
    page = browser.sign_in(cast.email("partner")).get("/en/vacancies/c4/leader/apply/")
    assert page("#why") and page("#knowledge") is None


@pytest.mark.parametrize(
    ("part", "words"),
    [("newcomer", "we do not know your organisation|yours is not one at present"), ("partner", "")],
)
def test_whoever_may_not_stand_learns_why_and_what_to_do(app, cast, browser, call, part, words):
    if part == "partner":
        lapse(app, cast.id("partner"))
    page = browser.sign_in(cast.email(part)).post(f"{SEAT}/apply/", **ANSWERS)
    assert page.status == 422
    assert any(one in page.text("main") for one in (words or "yours is not one at present").split("|"))
    assert page('main a[href="/en/objectives/c2/join/"]') and page(
        "main a[href^='/en/me/organisation/?next=']"
    )


def test_a_claim_nobody_has_confirmed_is_not_enough(app, cast, browser, call):
    with app.app_context():
        row = db.session.scalars(select(Affiliation).where(Affiliation.person_id == cast.id("partner"))).one()
        row.confirmed_at = None
        db.session.commit()
    page = browser.sign_in(cast.email("partner")).post(f"{SEAT}/apply/", **ANSWERS)
    assert page.status == 422 and "nobody has confirmed yet" in page.text("main")


@pytest.mark.parametrize("state", [{"closed_at": now()}, {"consultation_at": now()}])
def test_after_the_call_nobody_can_send(app, cast, browser, call, change_vacancy, state):
    browser.sign_in(cast.email("partner")).post(f"{SEAT}/apply/", **ANSWERS)
    before = sent_count(app)
    change_vacancy(call, **state)
    assert browser.post(f"{SEAT}/apply/check/").status == 409
    assert browser.post(f"{SEAT}/apply/", **ANSWERS).status == 409
    assert sent_count(app) == before


def test_a_standing_that_lapses_between_writing_and_sending_counts(app, cast, browser, call):
    browser.sign_in(cast.email("partner")).post(f"{SEAT}/apply/", **ANSWERS)
    before = sent_count(app)
    lapse(app, cast.id("partner"))
    assert browser.post(f"{SEAT}/apply/check/").status == 422
    assert sent_count(app) == before


def test_a_visitor_is_asked_to_sign_in_and_led_back(browser, call):
    page = browser.get(f"{SEAT}/apply/")
    assert page.status == 302 and "next=" in page.location


def test_an_application_is_nobody_elses_business(app, cast, call, applied):
    for part in ("member", "newcomer", "leader"):
        assert Browser(app).sign_in(cast.email(part)).get(f"/en/applications/{applied}/").status == 404
    desk = Browser(app).sign_in(cast.email("secretary")).get(f"/en/applications/{applied}/")
    assert ANSWERS["why"] in desk.text("main")
    assert application_of(app, applied)["person_id"] == cast.id("partner")


def test_a_draft_is_nobody_elses_business_the_secretariats_neither(app, cast, browser, call):
    browser.sign_in(cast.email("partner")).post(f"{SEAT}/apply/", **ANSWERS)
    with app.app_context():
        mine = select(Application.id).where(Application.person_id == cast.id("partner"))
        draft = db.session.scalars(mine).one()
    assert browser.get(f"/en/applications/{draft}/").status == 200
    assert Browser(app).sign_in(cast.email("secretary")).get(f"/en/applications/{draft}/").status == 404


@pytest.mark.parametrize("nonsense", ["0", "9" * 30, "-1", "x"])
def test_a_number_that_is_none_is_not_found(cast, browser, nonsense):
    assert browser.sign_in(cast.email("partner")).get(f"/en/applications/{nonsense}/").status == 404
