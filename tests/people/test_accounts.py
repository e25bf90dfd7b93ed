"""Signing up, signing in and out, by password and by mail."""

from datetime import timedelta

import pytest

from permille.foundation import clock
from tests.browser import Browser
from tests.people.following import code_in, follow, link_in, sign_up

GOOD = "rivers below the acacia"


@pytest.fixture
def later():
    def turn(**time):
        moment = clock.now() + timedelta(**time)
        clock.turn(lambda: moment)

    yield turn
    clock.turn(None)


def test_a_visitor_signs_up_with_an_address_a_language_and_a_name(browser, mails):
    asked = browser.post("/en/sign-up/", email="Ana@Farm.example", language="fr")
    assert (asked.status, asked.location) == (303, "/en/mailed/")
    mail = mails()[-1]
    assert (mail["to"], mail["lang"]) == ("ana@farm.example", "fr")
    page = follow(browser, mail)
    assert page == "/fr/welcome/"
    assert browser.post(page, name="", country="PE", agreed="y").status == 422
    assert browser.post(page, name="Ana", country="PE").status == 422
    assert browser.post(page, name="Ana", agreed="y")("#errors a[href='#country']")
    assert browser.post(page, name="Ana", country="PE", agreed="y").location == "/fr/me/organisation/"
    assert "Ana" in browser.get("/en/me/").text("main")


def test_opening_a_link_changes_nothing_and_pressing_it_twice_acts_once(app, browser, mails):
    browser.post("/en/sign-up/", email="ana@farm.example", language="en")
    mail = mails()[-1]
    scanner = Browser(app)
    assert scanner.get(follow(scanner, mail)).status == 200
    page = follow(browser, mail)
    assert browser.post(page, name="Ana", country="PE", agreed="y").status == 303
    assert scanner.get(link_in(mail)).status == 410


@pytest.mark.parametrize("path", ["sign-up", "sign-in/mail", "password/forgotten"])
def test_known_and_unknown_addresses_get_the_same_answer(app, cast, mails, path):
    answers = []
    for email in (cast.email("member"), "nobody@farm.example"):
        browser = Browser(app)
        asked = browser.post(f"/en/{path}/", email=email, language="en")
        shown = browser.get(asked.location)
        answers.append((asked.status, asked.location, shown.text("main").replace(email, "")))
    assert answers[0] == answers[1]
    known, unknown = mails()[-2:]
    assert known["subject"] != unknown["subject"]


def test_somebody_signs_in_by_password_and_goes_where_they_wanted(browser, cast):
    assert browser.get("/en/me/sessions/").location == "/en/sign-in/?next=/en/me/sessions/"
    wrong = browser.post("/en/sign-in/", email=cast.email("member"), password="not this one")
    assert wrong.status == 422
    assert wrong("input[name=email]")["value"] == cast.email("member")
    here = browser.post(
        "/en/sign-in/?next=/en/me/sessions/", email=cast.email("member"), password="four per thousand"
    )
    assert (here.status, here.location) == (303, "/en/me/sessions/")


def test_nobody_is_led_off_the_site_after_signing_in(browser, cast):
    page = browser.post(
        "/en/sign-in/?next=//evil.example/", email=cast.email("member"), password="four per thousand"
    )
    assert page.location == "/en/me/"


def test_a_sign_in_link_works_in_the_browser_that_asked(browser, cast, mails):
    browser.post("/en/sign-in/mail/", email=cast.email("member"))
    page = follow(browser, mails()[-1])
    assert browser.get(page)("form button") is not None
    assert browser.post(page).status == 303
    assert browser.get("/en/me/").status == 200


def test_a_sign_in_link_opened_elsewhere_asks_for_its_code_instead(app, browser, cast, mails):
    browser.post("/en/sign-in/mail/", email=cast.email("member"))
    elsewhere = Browser(app)
    page = follow(elsewhere, mails()[-1])
    assert elsewhere.get(page)("main form") is None
    assert elsewhere.post(page).status == 403
    assert elsewhere.post("/en/sign-in/code/", code=code_in(mails()[-1])).status == 422
    assert browser.post("/en/sign-in/code/", code=code_in(mails()[-1])).status == 303
    assert browser.get("/en/me/").status == 200


def test_a_code_is_worth_nothing_after_five_wrong_tries(browser, cast, mails):
    browser.post("/en/sign-in/mail/", email=cast.email("member"))
    code = code_in(mails()[-1])
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(5):
        assert browser.post("/en/sign-in/code/", code=wrong).status == 422
    assert browser.post("/en/sign-in/code/", code=code).status == 422


def test_a_sign_in_link_is_too_old_after_a_quarter_of_an_hour(browser, cast, mails, later):
    browser.post("/en/sign-in/mail/", email=cast.email("member"))
    later(minutes=16)
    assert browser.get(link_in(mails()[-1])).status == 410


def test_a_forgotten_password_is_replaced_and_every_session_ends(app, browser, cast, mails):
    other = Browser(app).sign_in(cast.email("member"))
    browser.post("/en/password/forgotten/", email=cast.email("member"))
    page = follow(browser, mails()[-1])
    assert browser.post(page, password="short").status == 422
    assert browser.post(page, password=GOOD).status == 303
    assert browser.get("/en/me/").status == 200
    assert other.get("/en/me/").status == 302
    assert mails()[-1]["to"] == cast.email("member")
    Browser(app).sign_in(cast.email("member"), GOOD)


def test_a_copied_cookie_is_worthless_after_signing_out(app, browser, cast):
    browser.sign_in(cast.email("member"))
    copy = Browser(app)
    copy.client.set_cookie("sid", browser.client.get_cookie("sid").value)
    assert copy.get("/en/me/").status == 200
    assert browser.post("/en/sign-out/").status == 303
    assert copy.get("/en/me/").status == 302


def test_sessions_are_listed_and_ended_one_by_one_by_their_owner_only(app, browser, cast):
    other = Browser(app).sign_in(cast.email("member"))
    browser.sign_in(cast.email("member"))
    ends = [button["formaction"] for button in browser.get("/en/me/sessions/").soup.select("[formaction]")]
    assert len(ends) == 1
    stranger = Browser(app).sign_in(cast.email("partner"))
    assert stranger.post(ends[0]).status == 404
    assert browser.post(ends[0]).status == 303
    assert other.get("/en/me/").status == 302
    assert browser.get("/en/me/").status == 200


def test_an_address_is_changed_from_the_new_mailbox_and_the_old_one_is_told(app, browser, mails):
    sign_up(browser, mails)
    other = browser.post("/en/me/email/", email="new@farm.example")
    assert other.status == 303
    notice, asked = mails()[-2:]
    assert (notice["to"], asked["to"]) == ("ana@farm.example", "new@farm.example")
    assert browser.post(follow(browser, asked)).status == 303
    assert mails()[-1]["to"] == "ana@farm.example"
    assert "new@farm.example" in browser.get("/en/me/").text("main")


def test_an_address_in_use_gets_the_same_answer_and_is_not_taken_over(browser, cast, mails):
    sign_up(browser, mails)
    page = browser.post("/en/me/email/", email=cast.email("member"))
    assert (page.status, page.location) == (303, "/en/mailed/")
    assert "/link/" not in mails()[-1]["body"]


def test_too_many_mails_to_one_address_are_refused(browser):
    answers = [browser.post("/en/sign-in/mail/", email="x@farm.example").status for _n in range(6)]
    assert answers == [303] * 5 + [429]


def in_digits(code, zero):
    return "".join(chr(ord(zero) + int(digit)) for digit in code)


@pytest.mark.parametrize("zero", ["٠", "۰", "０", "०"])
def test_the_code_is_read_in_the_digits_of_any_script(browser, cast, mails, zero):
    browser.post("/en/sign-in/mail/", email=cast.email("member"))
    code = in_digits(code_in(mails()[-1]), zero)
    assert browser.post("/en/sign-in/code/", code=f"{code[:3]} {code[3:]}").status == 303
    assert browser.get("/en/me/").status == 200
