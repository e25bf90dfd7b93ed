"""Passkeys shown: at the second step of signing in and once more, refused when anything about them is wrong."""

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Passkey
from permille.people.passkey_questions import place_of
from permille.people.second_step import CODES
from tests.browser import Browser
from tests.cast import change
from tests.engines import ON_SQLITE
from tests.people.second_step.keys import AGAIN, BEGIN, NEW, SECOND, STEP, Key, asked
from tests.people.second_step.phones import half_way


def test_a_first_passkey_gives_the_recovery_codes_and_opens_the_next_sign_in(app, cast, added, acts, mails):
    elsewhere = Browser(app).sign_in(cast.email("member"))
    browser, key, page = added("member")
    assert len(page.soup.select(".codes code")) == CODES
    assert elsewhere.get("/en/me/").status == 302 and browser.get("/en/me/").status == 200
    assert "My phone" in mails()[-1]["body"] and "passkey.added" in acts()
    assert "not used yet" in browser.get(STEP).text("main")
    other, where = half_way(app, cast.email("member"))
    assert other.post(where, code="123456").status == 422, "there is no app"
    done = other.post(
        f"{SECOND}passkey/?next=/en/me/profile/",
        credential=key.shown(asked(other, f"{SECOND}passkey/begin/")),
    )
    assert done.status == 303 and done.location == "/en/me/profile/"
    assert "last used" in other.get(STEP).text("main")


def test_whoever_has_only_a_passkey_is_asked_for_no_app_and_recovery_codes_go_on(app, cast, added):
    _browser, _key, page = added("member")
    code = page.soup.select(".codes code")[0].get_text()
    browser, where = half_way(app, cast.email("member"))
    text = browser.get(where).text("main")
    assert "Use a passkey" in text and "app" not in text.split() and "needs JavaScript" in text
    assert browser.post(where, code=code).status == 303


def test_a_passkey_is_refused_when_anything_about_it_is_wrong(app, cast, added):
    _browser, key, _page = added("member")
    browser, _where = half_way(app, cast.email("member"))
    for wrong in (
        lambda question: key.shown(question, challenge="AAAA"),
        lambda question: key.shown(question, origin="http://localhost:9000"),
        lambda question: key.shown(question, rpId="evil.example"),
        lambda question: Key(key.id).shown(question),
        lambda _question: '{"id": 1}',
    ):
        page = browser.post(f"{SECOND}passkey/", credential=wrong(asked(browser, f"{SECOND}passkey/begin/")))
        assert page.status == 422 and "was not accepted" in page.text(".errsum")
    assert browser.post(f"{SECOND}passkey/").status == 429, "as many tries as with codes"
    assert browser.get("/en/me/").status == 302


def test_a_passkey_of_somebody_else_is_refused(app, cast, added):
    _browser, key, _page = added("member")
    added("partner")
    browser, _where = half_way(app, cast.email("partner"))
    theirs = key.shown(asked(browser, f"{SECOND}passkey/begin/"))
    assert browser.post(f"{SECOND}passkey/", credential=theirs).status == 422
    browser, _where = half_way(app, cast.email("member"))
    key.handle = b"somebody else"
    other = key.shown(asked(browser, f"{SECOND}passkey/begin/"))
    assert browser.post(f"{SECOND}passkey/", credential=other).status == 422


def test_what_was_asked_is_answered_once_and_within_five_minutes(app, cast, added, turned):
    browser, key, _page = added("secretary")
    first = key.shown(asked(browser, f"{AGAIN}passkey/begin/"), counts=False)
    assert browser.post(f"{AGAIN}passkey/", credential=first).status == 303
    assert browser.post(f"{AGAIN}passkey/", credential=first).status == 422, "a second time"
    late = key.shown(asked(browser, f"{AGAIN}passkey/begin/"))
    turned(minutes=5, seconds=1)
    assert browser.post(f"{AGAIN}passkey/", credential=late).status == 422
    elsewhere, _where = half_way(app, cast.email("secretary"))
    theirs = key.shown(asked(elsewhere, f"{SECOND}passkey/begin/"))
    asked(browser, f"{AGAIN}passkey/begin/")
    assert browser.post(f"{AGAIN}passkey/", credential=theirs).status == 422, "asked in another session"


def test_a_count_that_goes_back_is_refused_and_recorded(app, added, acts):
    browser, key, _page = added("member")
    assert (
        browser.post(
            f"{AGAIN}passkey/", credential=key.shown(asked(browser, f"{AGAIN}passkey/begin/"))
        ).status
        == 303
    )
    copy = key.shown(asked(browser, f"{AGAIN}passkey/begin/"), counts=False)
    assert browser.post(f"{AGAIN}passkey/", credential=copy).status == 422
    assert "passkey.refused" in acts()
    with app.app_context():
        assert db.session.scalars(select(Passkey.sign_count)).all() == [1]


def test_a_key_that_does_not_count_works_all_the_same(app, cast, added):
    browser, key, _page = added("member")
    for _ in range(2):
        answer = key.shown(asked(browser, f"{AGAIN}passkey/begin/"), counts=False)
        assert browser.post(f"{AGAIN}passkey/", credential=answer).status == 303


def test_a_passkey_shows_once_more_who_one_is(app, cast, added, turned):
    desk, key, _page = added("secretary")
    turned(minutes=16)
    where = desk.post("/en/secretariat/organisations/file/").location
    assert where.startswith(AGAIN) and "Use a passkey" in desk.get(where).text("main")
    answer = key.shown(asked(desk, f"{AGAIN}passkey/begin/"))
    assert desk.post(where.replace("again/", "again/passkey/"), credential=answer).status == 303
    assert desk.post("/en/secretariat/organisations/file/").status == 200
    turned(minutes=16)
    assert desk.get(NEW).location.startswith(AGAIN) and desk.post(BEGIN).location.startswith(AGAIN)


def test_a_passkey_of_somebody_suspended_opens_nothing(app, cast, added):
    _browser, key, _page = added("member")
    browser, _where = half_way(app, cast.email("member"))
    answer = key.shown(asked(browser, f"{SECOND}passkey/begin/"))
    change(app, cast.id("member"), suspended_at=now())
    assert browser.post(f"{SECOND}passkey/", credential=answer).location.startswith("/en/sign-in/")
    assert browser.get("/en/me/").status == 302


@ON_SQLITE
def test_under_a_number_the_pages_say_that_passkeys_need_a_name(app, cast, added):
    added("member")
    browser, where = half_way(app, cast.email("member"))
    assert "data-passkey" in browser.get(where).html
    there = app.test_client()
    there.set_cookie("sid", browser.client.get_cookie("sid").value, domain="127.0.0.1")
    page = there.get(where, base_url="http://127.0.0.1:8000").text
    assert "data-passkey" not in page and 'href="http://localhost:8000/"' in page


@ON_SQLITE
@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://platform.example.org", "https://platform.example.org"),
        ("https://Platform.example.org:443", "https://platform.example.org"),
        ("http://localhost:8131", "http://localhost:8131"),
        ("http://127.0.0.1:8000", None),
        ("https://[2001:db8::1]", None),
    ],
)
def test_passkeys_belong_to_a_name_and_never_to_a_number(app, address, origin):
    place = place_of(address)
    assert (place and place.origin) == origin
