"""Who must have a second step, and what asks once more who one is."""

import pytest
from sqlalchemy import update

from permille.foundation.database import db
from permille.people.models import Person, SignedIn
from tests.browser import PASSWORD, Browser
from tests.people.second_step.phones import WRONG, half_way, shown


@pytest.mark.parametrize("part", ["secretary", "leader", "representative", "funder"])
def test_outside_a_demonstration_whoever_has_more_rights_must_set_it_up_first(app, cast, set_up, part):
    app.config["DEMONSTRATION"] = False
    browser = Browser(app).sign_in(cast.email(part))
    for path in ("/en/me/", "/en/me/profile/", "/en/secretariat/"):
        assert browser.get(path).location.startswith("/en/me/second-step/"), path
    assert browser.get("/en/objectives/a1/").status == 200, "what everyone may read stays readable"
    assert "Set it up to go on" in browser.get("/en/me/second-step/").text("main")
    ready, _phone, _codes = set_up(part)
    assert ready.get("/en/me/").status == 200
    ready.post("/en/me/second-step/end/")
    assert ready.get("/en/me/").location.startswith("/en/me/second-step/"), "and anew at once"


def test_a_member_need_not(app, cast):
    app.config["DEMONSTRATION"] = False
    assert Browser(app).sign_in(cast.email("member")).get("/en/me/").status == 200


def test_what_matters_asks_again_after_a_quarter_of_an_hour_and_loses_nothing(app, cast, set_up, turned):
    desk, phone, _codes = set_up("secretary")
    assert desk.post("/en/secretariat/organisations/file/").status == 200
    turned(minutes=16)
    asked = desk.post(
        "/en/secretariat/invitations/several/", guests="a@village.example", language="fr", checked="1"
    )
    assert asked.status == 302 and asked.location.startswith("/en/me/again/")
    assert desk.post(asked.location, code=WRONG).status == 422
    back = desk.post(asked.location, code=shown(phone))
    assert back.location == "/en/secretariat/invitations/several/"
    assert "a@village.example" in desk.get(back.location).text("#guests")
    assert desk.post("/en/secretariat/organisations/file/").status == 200


def test_without_a_second_step_the_password_is_asked_for(app, cast, turned):
    desk = Browser(app).sign_in(cast.email("secretary"))
    turned(minutes=16)
    where = desk.post("/en/secretariat/organisations/file/").location
    assert where.startswith("/en/me/again/")
    assert desk.post(where, present="not it").status == 422
    assert desk.post(where, present=PASSWORD).status == 303
    assert desk.post("/en/secretariat/organisations/file/").status == 200


def test_whoever_has_no_password_signs_in_again(app, cast, turned):
    desk = Browser(app).sign_in(cast.email("secretary"))
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == cast.id("secretary")).values(password_hash=None))
        db.session.commit()
    page = desk.get("/en/me/again/")
    assert page("form[action='/en/sign-out/']") and page("#present") is None
    assert desk.post("/en/me/again/", present="").status == 403


def test_a_session_from_before_this_release_is_neither_waiting_nor_fresh(app, cast, turned):
    desk = Browser(app).sign_in(cast.email("secretary"))
    with app.app_context():
        db.session.execute(update(SignedIn).values(proved_at=None))
        db.session.commit()
    turned(minutes=16)
    assert desk.get("/en/secretariat/").status == 200
    assert desk.post("/en/secretariat/organisations/file/").location.startswith("/en/me/again/")


def test_whoever_must_set_it_up_can_show_first_that_it_is_them(app, cast, turned):
    app.config["DEMONSTRATION"] = False
    browser = Browser(app).sign_in(cast.email("leader"))
    turned(minutes=16)
    where = browser.post("/en/me/second-step/begin/").location
    assert where.startswith("/en/me/again/") and browser.get(where).status == 200
    assert browser.post(where, present=PASSWORD).status == 303
    assert browser.post("/en/me/second-step/begin/").location == "/en/me/second-step/app/"


def test_a_new_password_does_not_count_as_showing_the_second_step(app, cast, set_up, turned):
    desk, _phone, _codes = set_up("secretary")
    turned(minutes=16)
    changed = desk.post("/en/me/password/", present=PASSWORD, password="a wholly different phrase 99")
    assert changed.status == 303 and desk.get("/en/secretariat/").status == 200
    assert desk.post("/en/secretariat/organisations/file/").location.startswith("/en/me/again/")


def test_whoever_must_set_it_up_reads_as_a_visitor_and_writes_nothing(app, cast):
    app.config["DEMONSTRATION"] = False
    visitor = Browser(app).get("/en/objectives/a1/team/").text("main")
    browser = Browser(app).sign_in(cast.email("leader"))
    assert browser.get("/en/objectives/a1/team/").text("main") == visitor
    for path, form in (("join/", {"role": "member", "contribution": "Mine."}), ("join/check/", {})):
        assert browser.post(f"/en/objectives/c2/{path}", **form).location.startswith("/en/me/second-step/")
    assert browser.post("/en/sign-out/").status == 303


@pytest.mark.parametrize(("path", "form"), [
    ("/en/me/email/", {"email": "thief@village.example"}), ("/en/me/password/", {"password": "a wholly different phrase 99"}),
])  # fmt: skip
def test_without_a_password_an_old_session_changes_neither_address_nor_password(
    app, cast, turned, path, form
):
    browser = Browser(app).sign_in(cast.email("member"))
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == cast.id("member")).values(password_hash=None))
        db.session.commit()
    turned(minutes=16)
    assert browser.post(path, **form).location.startswith("/en/me/again/")


def test_a_stranger_who_knows_the_password_does_not_use_up_the_tries_of_the_owner(app, cast, set_up, turned):
    desk, phone, _codes = set_up("secretary")
    turned(minutes=16)
    stranger, where = half_way(app, cast.email("secretary"))
    for _ in range(6):
        stranger.post(where, code=WRONG)
    assert stranger.post(where, code=shown(phone)).status == 429
    assert desk.post("/en/me/again/", code=shown(phone)).status == 303
