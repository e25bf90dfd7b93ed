"""Signing in with a second step: the password alone opens nothing any more."""

import re

import pytest
from sqlalchemy import select

from permille.foundation import clock
from permille.foundation.database import db
from permille.taskforces.models import JoinDraft
from tests.browser import PASSWORD, Browser
from tests.people.second_step.phones import WRONG, half_way, shown


def test_the_password_alone_opens_nothing(app, cast, set_up):
    set_up("member")
    browser, _where = half_way(app, cast.email("member"))
    for path in ("/en/me/", "/en/me/profile/", "/en/me/data/", "/en/me/notifications/"):
        page = browser.get(path)
        assert page.status == 302 and page.location.startswith("/en/sign-in/second/"), path
    assert browser.post("/en/me/profile/", name="Somebody else", country="TN").status == 302
    assert browser.get("/en/")("a[href='/en/sign-in/']")


def test_the_code_of_the_app_opens_once_and_leads_where_one_was_going(app, cast, set_up):
    _browser, phone, _codes = set_up("member")
    browser = Browser(app)
    where = browser.post(
        "/en/sign-in/?next=/en/me/profile/", email=cast.email("member"), password=PASSWORD
    ).location
    code = shown(phone)
    done = browser.post(where, code=f" {code[:3]} {code[3:]} ")
    assert done.status == 303 and done.location == "/en/me/profile/"
    assert browser.get("/en/me/profile/").status == 200
    again, where = half_way(app, cast.email("member"))
    assert again.post(where, code=code).status == 422, "the same code a second time"


@pytest.mark.parametrize(("late", "status"), [(-60, 422), (-30, 303), (0, 303), (30, 303), (60, 422)])
def test_a_clock_may_be_half_a_minute_wrong_and_no_more(app, cast, set_up, turned, late, status):
    _browser, phone, _codes = set_up("member")
    turned(minutes=5)
    browser, where = half_way(app, cast.email("member"))
    assert browser.post(where, code=phone.at(int(clock.now().timestamp()) + late)).status == status


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９"])
def test_digits_of_any_script_will_do(app, cast, set_up, digits):
    _browser, phone, _codes = set_up("member")
    browser, where = half_way(app, cast.email("member"))
    typed = shown(phone).translate({ord(str(n)): one for n, one in enumerate(digits)})
    assert browser.post(where, code=typed).status == 303


def test_after_five_wrong_codes_one_waits_and_right_ones_do_not_count(app, cast, set_up, turned):
    _browser, phone, _codes = set_up("member")
    for _ in range(6):
        turned(minutes=1)
        browser, where = half_way(app, cast.email("member"))
        assert browser.post(where, code=shown(phone)).status == 303
    browser, where = half_way(app, cast.email("member"))
    assert [browser.post(where, code=WRONG).status for _ in range(6)] == [422] * 5 + [429]
    turned(minutes=5, seconds=1)
    assert browser.post(where, code=shown(phone)).status == 303


def test_half_a_sign_in_is_worth_nothing_after_ten_minutes(app, cast, set_up, turned):
    _browser, phone, _codes = set_up("member")
    browser, where = half_way(app, cast.email("member"))
    turned(minutes=10, seconds=1)
    late = browser.post(where, code=shown(phone))
    assert late.status == 303 and late.location.startswith("/en/sign-in/?")
    assert browser.get("/en/me/").location.startswith("/en/sign-in/?")


def test_a_mailed_link_and_a_new_password_ask_for_the_second_step_too(app, cast, set_up, mails):
    set_up("member")
    browser = Browser(app)
    for path, press in (
        ("/en/sign-in/mail/", "/en/sign-in/link/"),
        ("/en/password/forgotten/", "/en/password/new/"),
    ):
        browser.post(path, email=cast.email("member"))
        browser.get(re.search(r"http://[^/]+(/es/link/\S+/)", mails()[-1]["body"])[1], follow=True)
        assert browser.post(press, password="another phrase that is long").status == 303
        assert browser.get("/en/me/").location.startswith("/en/sign-in/second/"), path


def test_half_a_sign_in_is_no_device_of_theirs_and_makes_none_known(app, cast, set_up, mails):
    member, phone, _codes = set_up("member")
    other = Browser(app)
    other.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Firefox/131.0"
    where = [
        other.post("/en/sign-in/", email=cast.email("member"), password=PASSWORD).location for _ in range(2)
    ][1]
    before = len(mails())
    assert len(member.get("/en/me/sessions/").soup.select("main .list > li")) == 1
    other.post(where, code=shown(phone))
    assert "Firefox" in mails()[before]["body"]
    assert len(member.get("/en/me/sessions/").soup.select("main .list > li")) == 2


@pytest.mark.parametrize("code", ["éééééé", "验证码验证码", "x" * 41, "-" * 6, ""])
def test_what_is_no_code_is_a_wrong_one(app, cast, set_up, code):
    set_up("member")
    browser, where = half_way(app, cast.email("member"))
    assert browser.post(where, code=code).status == 422


def test_the_session_gets_a_new_id_with_the_second_step(app, cast, set_up):
    _browser, phone, _codes = set_up("member")
    browser, where = half_way(app, cast.email("member"))
    copy = Browser(app)
    copy.client.set_cookie("sid", browser.client.get_cookie("sid").value)
    browser.post(where, code=shown(phone))
    assert browser.get("/en/me/").status == 200
    assert copy.get("/en/me/").status == 302


def test_half_a_sign_in_brings_nothing_into_the_account(app, cast, set_up):
    _browser, phone, _codes = set_up("member")
    browser = Browser(app)
    browser.post("/en/objectives/c2/join/", role="member", contribution="Written by a stranger.", save="1")
    where = browser.post("/en/sign-in/", email=cast.email("member"), password=PASSWORD).location
    theirs = select(JoinDraft.contribution).where(JoinDraft.person_id == cast.id("member"))
    with app.app_context():
        assert "Written by a stranger." not in db.session.scalars(theirs).all()
    browser.post(where, code=shown(phone))
    with app.app_context():
        assert "Written by a stranger." in db.session.scalars(theirs).all(), "whoever has both is no stranger"
