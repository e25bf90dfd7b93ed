"""Joins that are interrupted: by signing in, by a mail that does not come, by pressing twice."""

import pytest
from sqlalchemy import delete, select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Person, SignedIn
from tests.browser import PASSWORD, Browser
from tests.taskforces.test_joining import WHO, WORDS, apply_as_visitor, link_in

E1 = "/en/objectives/e1/join/"


def change(app, email, **values):
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == email)).one()
        for name, value in values.items():
            setattr(person, name, value)
        db.session.commit()


def signed_in_from(browser, page, selector, email):
    link = page(selector)["href"]
    return browser.post(link, email=email, password=PASSWORD, follow=True)


def test_what_a_visitor_typed_is_theirs_after_signing_in_from_the_last_step(app, browser, cast):
    page = browser.post(E1, role="member", contribution=WORDS, follow=True)
    check = signed_in_from(browser, page, "main a[href*='/sign-in/']", cast.email("partner"))
    assert WORDS in check.text("main dl")
    assert Browser(app).sign_in(cast.email("partner")).get(E1).text("textarea") == WORDS
    assert browser.post(f"{E1}check/", follow=True)(".join .tag")


def test_what_a_visitor_typed_is_kept_on_the_page_of_an_office_too(browser, cast):
    page = browser.post(E1, role="leader", contribution=WORDS)
    form = signed_in_from(browser, page, "main a[href*='/sign-in/']", cast.email("newcomer"))
    assert form.text("textarea") == WORDS
    assert form("[name=role][checked]")["value"] == "leader"


def test_whoever_was_signed_out_while_joining_goes_on_after_signing_in(app, browser, cast):
    browser.sign_in(cast.email("partner"))
    token = browser.token()
    with app.app_context():
        db.session.execute(delete(SignedIn))
        db.session.commit()
    page = browser.post(E1, token=token, role="member", contribution=WORDS, follow=True)
    assert "You were signed out" in page.text("main .note")
    check = signed_in_from(browser, page, "main a[href*='/sign-in/']", cast.email("partner"))
    assert WORDS in check.text("main dl")


@pytest.mark.parametrize(("own", "left"), [("Newer words.", "Newer words."), ("", WORDS)])
def test_the_newer_draft_stays_unless_it_is_empty(app, browser, cast, own, left):
    browser.post(E1, role="member", contribution=WORDS, save="1")
    elsewhere = Browser(app).sign_in(cast.email("partner"))
    elsewhere.post(E1, role="member", contribution=own, save="1")
    browser.sign_in(cast.email("partner"))
    assert browser.get(E1).text("textarea") == left


def test_a_saved_form_remembers_its_role_and_is_found_on_my_page(browser, cast):
    browser.sign_in(cast.email("partner"))
    browser.post(E1, role="representative", contribution=WORDS, save="1")
    mine = browser.get("/en/me/")
    form = browser.get(mine("section[aria-labelledby=unsent] a")["href"], follow=True)
    assert form("[name=role][checked]")["value"] == "representative"
    assert form.text("textarea") == WORDS


def test_a_form_that_is_not_in_order_is_kept_as_well(browser):
    assert browser.post(E1, contribution=WORDS).status == 422
    assert browser.get("/fr/objectives/e1/join/").text("textarea") == WORDS
    browser.post(E1, role="member", contribution=WORDS)
    assert browser.post(f"{E1}email/", **{**WHO, "country": ""}).status == 422
    assert browser.get("/zh/objectives/e1/join/email/")("#name")["value"] == WHO["name"]
    assert browser.get(f"{E1}check/").status == 303


def test_the_mail_of_a_join_is_sent_again_without_typing(app, browser, mails):
    page = apply_as_visitor(browser)
    first = link_in(mails()[-1])
    again = browser.post(browser.get(page.location)("main form")["action"], follow=True)
    assert "Sent again" in again.text(".flash")
    assert Browser(app).get(first).status == 410
    other = Browser(app)
    other.get(link_in(mails()[-1]), follow=True)
    assert other.post("/en/join/confirm/", follow=True)(".join .tag")
    gone = browser.post("/en/objectives/b2/join/sent/", follow=True)
    assert "nothing left to send" in gone.text(".flash")


def test_a_join_is_sent_again_only_as_often_as_mails_to_one_address_may_be(browser):
    apply_as_visitor(browser)
    answers = [browser.post("/en/objectives/b2/join/sent/").status for _n in range(5)]
    assert answers == [303] * 4 + [429]


@pytest.mark.parametrize("step", ["check/", "email/"])
def test_going_back_after_sending_says_that_it_was_sent(browser, step):
    apply_as_visitor(browser)
    assert "sent this already" in browser.get(f"/en/objectives/b2/join/{step}", follow=True).text(".flash")
    assert "sent this already" in browser.post(f"/en/objectives/b2/join/{step}", follow=True).text(".flash")
    assert "sent this already" in browser.get("/en/objectives/b2/join/").text("main .note")


def test_a_member_who_goes_back_is_told_that_they_are_in(browser, cast):
    browser.sign_in(cast.email("member"))
    assert "already" in browser.get("/en/objectives/a1/join/check/", follow=True).text(".flash")


def test_a_button_of_the_mail_pressed_twice_says_what_it_did(app, browser, mails):
    apply_as_visitor(browser)
    other = Browser(app)
    page = other.get(link_in(mails()[-1]), follow=True)
    token = page("[name=csrf_token]")["value"]
    assert other.post("/en/join/confirm/", token=token, follow=True).status == 200
    for again in (token, None):
        told = other.post("/en/join/confirm/", token=again, follow=True)
        assert "already a Team Member" in told.text(".flash")
    assert "already a Team Member" in other.get("/en/join/confirm/", follow=True).text(".flash")


def test_joining_asks_for_consent_and_keeps_what_was_agreed_to(app, browser, mails):
    browser.post("/en/objectives/b2/join/", role="member", contribution=WORDS)
    refused = browser.post("/en/objectives/b2/join/email/", **{**WHO, "agreed": ""})
    assert refused.status == 422 and "agree" in refused.text(".errsum")
    apply_as_visitor(browser)
    browser.get(link_in(mails()[-1]), follow=True)
    browser.post("/en/join/confirm/")
    with app.app_context():
        query = select(Person.consent_version).where(Person.email == WHO["email"])
        assert db.session.scalar(query).startswith("2026-")


def test_a_suspended_person_cannot_join_by_mail_and_is_told_why(app, browser, cast, mails):
    change(app, cast.email("partner"), suspended_at=now(), suspension_reason="Advertised fertiliser.")
    apply_as_visitor(browser, email=cast.email("partner"))
    shown = browser.get(link_in(mails()[-1]), follow=True)
    pressed = browser.post("/en/join/confirm/")
    for page in (shown, pressed):
        assert page.status == 403
        assert "suspended" in page.text("h1") and "Advertised fertiliser." in page.text("main")
    assert browser.get("/en/me/").status == 302
