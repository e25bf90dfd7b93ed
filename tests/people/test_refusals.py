"""What somebody is told when they cannot go on: wait, ask for the mail again, or write to the Secretariat."""

import pytest

from tests.browser import Browser
from tests.people.following import code_in, link_in


def test_only_failures_count_and_the_page_says_how_long_to_wait(app, browser, cast):
    for _time in range(8):
        Browser(app).sign_in(cast.email("member"))
    wrong = [
        browser.post("/en/sign-in/", email=cast.email("member"), password="no").status for _n in range(5)
    ]
    assert wrong == [422] * 5
    page = browser.post("/en/sign-in/", email=cast.email("member"), password="four per thousand")
    assert page.status == 429 and 0 < int(page.headers["Retry-After"]) <= 30 * 60
    assert "minute" in page.text(".err") and page("main a[href*='/sign-in/mail/']")
    assert page("input[name=email]")["value"] == cast.email("member")


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("sign-up/", {"email": "ana@farm.example", "language": "fr"}),
        ("password/forgotten/", {"email": "member@demo.example"}),
        ("sign-in/mail/", {"email": "member@demo.example"}),
    ],
)
def test_a_mail_is_sent_again_without_typing_and_within_the_same_limits(browser, mails, path, form):
    page = browser.post(f"/fr/{path}", **form, follow=True)
    again = page("form[action$='/mailed/']")["action"]
    assert browser.post(again, follow=True)(".flash")
    first, second = mails()[-2:]
    assert (first["to"], first["subject"], first["lang"]) == (second["to"], second["subject"], second["lang"])
    assert link_in(first) != link_in(second)
    assert browser.get(link_in(second), follow=True).status == 200
    assert [browser.post(again).status for _n in range(4)] == [303, 303, 303, 429]


def test_the_mail_to_a_new_address_is_sent_again(browser, cast, mails):
    browser.sign_in(cast.email("member"))
    browser.post("/en/me/email/", email="new@farm.example", present="four per thousand")
    browser.post("/en/mailed/")
    assert [mail["to"] for mail in mails()[-4:]].count("new@farm.example") == 2


def test_a_link_that_is_too_old_leads_to_where_a_new_one_is_asked_for(browser):
    page = browser.get("/en/link/nothing/")
    assert page.status == 410
    for path in ("/en/sign-in/mail/", "/en/password/forgotten/", "/en/sign-up/"):
        assert page(f"main a[href='{path}']")


@pytest.mark.parametrize("way", ["password", "mail"])
def test_a_suspended_person_is_told_why_once_they_have_shown_who_they_are(app, browser, cast, mails, way):
    secretary = Browser(app).sign_in(cast.email("secretary"))
    secretary.post(f"/en/secretariat/people/{cast.id('member')}/suspend/", reason="Advertised fertiliser.")
    wrong = browser.post("/en/sign-in/", email=cast.email("member"), password="not this one")
    assert wrong.status == 422 and "Advertised" not in wrong.html
    if way == "password":
        page = browser.post("/en/sign-in/", email=cast.email("member"), password="four per thousand")
    else:
        browser.post("/en/sign-in/mail/", email=cast.email("member"))
        page = browser.post("/en/sign-in/code/", code=code_in(mails()[-1]))
    assert page.status == 403
    assert "suspended" in page.text("h1") and "Advertised fertiliser." in page.text("main")
    assert page("main a[href='/en/help/'], main a[href^='mailto:']")


def test_a_suspended_person_is_out_of_sight_but_keeps_their_office(app, browser, cast):
    def page():
        return browser.get("/en/objectives/a1/")

    name = page()(f"section[aria-labelledby=leads] a[href='/en/people/{cast.id('leader')}/']").get_text()
    secretary = Browser(app).sign_in(cast.email("secretary"))
    path = f"/en/secretariat/people/{cast.id('leader')}"
    secretary.post(f"{path}/suspend/", reason="Under review.")
    assert browser.get(f"/en/people/{cast.id('leader')}/").status == 404
    found = f"#results a[href='/en/people/{cast.id('leader')}/']"
    assert browser.get(f"/en/search/?q={name}")(found) is None
    assert name in page().text("section[aria-labelledby=leads]")
    assert page()("section[aria-labelledby=leads] a") is None
    secretary.post(f"{path}/let-in/")
    assert browser.get(f"/en/search/?q={name}")(found)
    assert browser.get(f"/en/people/{cast.id('leader')}/").status == 200
