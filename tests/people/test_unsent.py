"""What somebody types is not lost when their session ends, and nobody else is given it."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from permille.foundation import clock
from permille.foundation.database import db
from permille.foundation.kept_forms import KeptForm
from permille.people.models import SignedIn
from tests.browser import PASSWORD, Browser

ABOUT = "I have measured soil carbon in Kasserine since 1998."
PROFILE = {
    "name": "Moussa", "country": "TN", "zone": "", "about": ABOUT, "languages": ["ar", "fr"], "naming": "officers",
}  # fmt: skip


@pytest.fixture
def end_sessions(app):
    """Return a function that ends every session, as another device or time would."""

    def end():
        with app.app_context():
            db.session.execute(delete(SignedIn))
            db.session.commit()

    return end


def kept(app):
    with app.app_context():
        return list(db.session.scalars(select(KeptForm.fields)))


def refused(browser, cast, end_sessions, path="/en/me/profile/", **fields):
    """Send a form after the session has ended and return the sign-in page it leads to."""
    browser.sign_in(cast.email("member"))
    token = browser.token()
    end_sessions()
    page = browser.post(path, token=token, **fields)
    assert page.status == 302
    return browser.get(page.location), page.location


def come_back(browser, cast, where, part="member"):
    return browser.post(where, email=cast.email(part), password=PASSWORD, follow=True)


def test_a_form_sent_after_the_session_ended_is_there_again_after_signing_in(
    app, browser, cast, end_sessions
):
    page, where = refused(browser, cast, end_sessions, **PROFILE)
    assert "what you wrote is kept" in page.text("main [role=status]")
    form = come_back(browser, cast, where)
    assert form.text("[data-given-back]")
    assert (form.text("#about"), form("#name")["value"]) == (ABOUT, "Moussa")
    assert [one["value"] for one in form.soup.select("[name=languages][checked]")] == ["ar", "fr"]
    assert form("[name=naming][checked]")["value"] == "officers"
    assert form("[name=published][checked]") is None, "a box that was not ticked stays so"
    assert browser.post("/en/me/profile/", **PROFILE).status == 303
    assert kept(app) == []
    assert browser.get("/en/me/profile/")("[data-given-back]") is None


def test_a_kept_form_is_found_in_another_language_and_by_a_mailed_code_too(
    app, browser, cast, mails, end_sessions
):
    from tests.people.following import code_in

    _page, where = refused(browser, cast, end_sessions, **PROFILE)
    browser.post(where.replace("/sign-in/", "/sign-in/mail/"), email=cast.email("member"))
    page = browser.post("/en/sign-in/code/", code=code_in(mails()[-1]), follow=True)
    assert page.text("#about") == ABOUT
    assert browser.get("/ar/me/profile/").text("#about") == ABOUT


def test_what_was_typed_at_the_desk_comes_back_with_the_state_it_was_typed_on(
    app, browser, cast, end_sessions
):
    secretary, path = Browser(app).sign_in(cast.email("secretary")), "/en/secretariat/texts/objectives/a1/fr/"
    form = secretary.get(path)
    typed = {one["name"]: one.get_text().strip() for one in form.soup.select("textarea")}
    typed |= {"summary": "Une autre version.", "stamp": form("[name=stamp]")["value"]}
    token = form("[name=csrf_token]")["value"]
    end_sessions()
    sent = secretary.post(path, token=token, **typed)
    other = Browser(app).sign_in(cast.email("second-secretary"))
    assert other.post(path, **typed, confirmed="1").status == 303
    back = come_back(secretary, cast, sent.location, "secretary")
    assert back.text("#summary") == "Une autre version."
    assert back("[name=stamp]")["value"] == typed["stamp"], "saving it must not overwrite what others did"


def test_nobody_else_is_given_what_was_kept(app, browser, cast, end_sessions):
    _page, where = refused(browser, cast, end_sessions, **PROFILE)
    form = come_back(browser, cast, where, "partner")
    assert ABOUT not in form.html and kept(app) == []
    again = come_back(Browser(app), cast, where)
    assert ABOUT not in again.html, "another browser has nothing to show"


def test_only_the_page_it_was_typed_on_shows_it(browser, cast, end_sessions):
    _page, where = refused(browser, cast, end_sessions, **PROFILE)
    come_back(browser, cast, where)
    assert browser.get("/en/me/organisation/propose/")("#name")["value"] == ""


def test_passwords_and_tokens_are_never_kept(app, browser, cast, end_sessions):
    refused(browser, cast, end_sessions, "/en/me/email/", email="new@farm.example", present=PASSWORD)
    assert kept(app) == [{"email": ["new@farm.example"]}]


def test_signing_out_forgets_what_was_kept(app, browser, cast, end_sessions):
    _page, where = refused(browser, cast, end_sessions, **PROFILE)
    come_back(browser, cast, where)
    browser.post("/en/sign-out/")
    assert kept(app) == []


def test_a_visitor_who_was_never_signed_in_leaves_nothing(app, browser):
    assert browser.post("/en/me/profile/", **PROFILE).status == 302
    assert kept(app) == []


def test_a_page_that_was_only_read_says_that_one_was_signed_out(browser, cast, end_sessions):
    browser.sign_in(cast.email("member"))
    end_sessions()
    page = browser.get("/en/me/profile/", follow=True)
    assert "You were signed out" in page.text("main [role=status]")
    assert Browser(browser.client.application).get("/en/sign-in/")("main [role=status]") is None


@pytest.mark.parametrize(("hours", "left"), [(23, 1), (25, 0)])
def test_a_kept_form_is_dropped_after_a_day(app, hours, left):
    from permille.cli.housekeeping import keep_house

    with app.app_context():
        db.session.add(KeptForm(digest=b"d" * 32, owner="", fields={}))
        db.session.commit()
        moment = clock.now() + timedelta(hours=hours)
        clock.turn(lambda: moment)
        keep_house()
        clock.turn(None)
        assert db.session.scalar(select(func.count(KeptForm.id))) == left


@pytest.mark.parametrize(
    "referer", ["//[", "http://[::1", "http://evil.example/en/me/", "about:blank", "\\\\x"]
)
def test_a_page_that_cannot_have_been_the_one_is_not_gone_back_to(browser, referer):
    answer = browser.client.post("/en/me/profile/", data={"name": "x"}, headers={"Referer": referer})
    assert answer.status_code in (302, 400) and "evil" not in answer.headers.get("Location", "")
    path = "/en/secretariat/organisations/file/"
    refused = browser.client.post(path, data={"csrf_token": browser.token()}, headers={"Referer": referer})
    assert refused.status_code == 302 and "evil" not in refused.headers["Location"]
