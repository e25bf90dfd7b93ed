"""Passkeys added and removed, alone and beside an authenticator app."""

import json

import pyotp
from sqlalchemy import select

from permille.cli.housekeeping import keep_house
from permille.foundation.database import db
from permille.people.models import Challenge, Passkey, RecoveryCode
from permille.people.second_step import STEP as STEP_SECONDS
from tests.browser import Browser
from tests.engines import ON_SQLITE
from tests.people.second_step.keys import BEGIN, NEW, SECOND, STEP, Key, asked
from tests.people.second_step.phones import half_way, shown


def test_a_passkey_is_not_added_when_anything_about_it_is_wrong(app, cast, added, turned):
    _browser, known, _page = added("partner")
    browser = Browser(app).sign_in(cast.email("member"))
    for wrong, late in (
        (lambda question: Key().made(question, challenge="AAAA"), 0),
        (lambda question: Key().made(question, origin="https://evil.example"), 0),
        (known.made, 0),
        (Key().made, 6),
    ):
        answer = wrong(asked(browser, BEGIN))
        turned(minutes=late)
        page = browser.post(NEW, name="My phone", credential=answer)
        assert page.status == 422 and page("#name")["value"] == "My phone"
    assert "Active" not in browser.get(STEP).text("main")


def test_a_removed_passkey_opens_nothing_and_the_last_one_ends_the_second_step(app, cast, added, mails):
    browser, key, _page = added("member")
    assert added("member", browser, "Key ring")[2].location == STEP
    with app.app_context():
        first, second = db.session.scalars(select(Passkey.id).order_by(Passkey.id)).all()
    path = f"{STEP}passkeys/{first}/remove/"
    assert "My phone" in browser.get(path).text("main")
    assert Browser(app).sign_in(cast.email("partner")).post(path).status == 404
    assert browser.post(path).location == STEP and "My phone" in mails()[-1]["body"]
    other, _where = half_way(app, cast.email("member"))
    answer = key.shown(asked(other, f"{SECOND}passkey/begin/"))
    assert other.post(f"{SECOND}passkey/", credential=answer).status == 422
    path = f"{STEP}passkeys/{second}/remove/"
    assert "only second step" in browser.get(path).text("main")
    assert browser.post(path).status == 303
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200
    with app.app_context():
        assert db.session.scalars(select(RecoveryCode)).all() == []


def test_whoever_must_have_a_second_step_keeps_the_last_one_until_there_is_another(app, cast, added):
    app.config["DEMONSTRATION"] = False
    browser, _key, page = added("leader")
    assert page.status == 200 and browser.get("/en/me/").status == 200
    with app.app_context():
        path = f"{STEP}passkeys/{db.session.scalar(select(Passkey.id))}/remove/"
    assert browser.get(path)("main form") is None and browser.post(path).status == 403
    added("leader", browser)
    assert browser.post(path).status == 303


def test_app_and_passkeys_stand_beside_each_other_and_the_app_can_go(app, cast, set_up, added, turned):
    browser, phone, codes = set_up("member")
    _browser, _key, page = added("member", browser)
    assert page.location == STEP, "the codes there are stay"
    assert browser.post(f"{STEP}begin/").status == 403
    other, where = half_way(app, cast.email("member"))
    assert other.post(where, code=shown(phone)).status == 303
    assert browser.post(f"{STEP}app/end/").location == STEP
    other, where = half_way(app, cast.email("member"))
    turned(minutes=1)
    assert other.post(where, code=shown(phone)).status == 422
    assert other.post(where, code=codes[0]).status == 303


def test_an_app_that_was_not_tried_counts_for_nothing_beside_a_passkey(app, cast, added, turned):
    browser, _key, page = added("member")
    code = page.soup.select(".codes code")[0].get_text()
    browser.post(f"{STEP}begin/")
    phone = pyotp.TOTP("".join(browser.get(f"{STEP}app/").text("code.key").split()))
    other, where = half_way(app, cast.email("member"))
    assert other.post(where, code=shown(phone)).status == 422
    assert browser.post(f"{STEP}app/", code=code).status == 422, "a recovery code is no code of the app"
    assert browser.post(f"{STEP}app/", code=shown(phone)).location == STEP
    turned(seconds=STEP_SECONDS)
    other, where = half_way(app, cast.email("member"))
    assert other.post(where, code=shown(phone)).status == 303


def test_the_secretariat_takes_passkeys_away_too(app, cast, added):
    added("member")
    desk = Browser(app).sign_in(cast.email("secretary"))
    assert desk.post(f"/en/secretariat/people/{cast.id('member')}/second-step/end/").status == 303
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200
    with app.app_context():
        assert db.session.scalars(select(Passkey)).all() == []


def test_passkeys_are_told_of_and_go_with_the_account(app, cast, added):
    browser, _key, _page = added("member")
    told = json.loads(browser.post("/en/me/data/").html)["second step"]
    assert told["passkeys"][0]["name"] == "My phone" and not told["authenticator app"]
    assert browser.post("/en/me/delete/").status == 303
    with app.app_context():
        assert db.session.scalars(select(Passkey)).all() == []


@ON_SQLITE
def test_a_script_comes_only_with_pages_that_need_it_and_more_passkeys_cost_no_more(
    app, cast, added, statements
):
    browser, _key, _page = added("member")
    scripts = [one["src"] for one in browser.get(NEW).soup.select("script[src]")]
    sizes = [len(browser.client.get(one, headers={"Accept-Encoding": "gzip"}).data) for one in scripts]
    assert any("passkeys" in one for one in scripts) and sum(sizes) <= 3_000
    assert not any("passkeys" in one["src"] for one in browser.get(STEP).soup.select("script[src]"))
    statements.clear()
    browser.get(STEP)
    few = len(statements)
    added("member", browser)
    statements.clear()
    browser.get(STEP)
    assert len(statements) == few


@ON_SQLITE
def test_what_was_asked_and_never_answered_is_dropped(app, cast, turned):
    browser = Browser(app).sign_in(cast.email("member"))
    asked(browser, BEGIN)
    turned(minutes=6)
    with app.app_context():
        keep_house()
        assert db.session.scalars(select(Challenge)).all() == []
