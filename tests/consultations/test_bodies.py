"""The bodies that consultations ask: kept once, and put on a list with one button."""

import json

import pytest

from permille.foundation.database import db
from permille.people.models import Person
from tests.browser import Browser
from tests.campaigns.races import at_once, sending, twins_of
from tests.cast import change
from tests.consultations.bodies import BODIES, CONSORTIUM, acts_on_bodies, add, address, body_at


def test_a_body_is_added_with_its_names_changed_and_named_in_the_readers_language(app, desk):
    assert add(desk).status == 303
    assert "Consortium of Members" in desk.get(f"{BODIES}/").text("tbody")
    french = desk.get(f"{BODIES}/".replace("/en/", "/fr/")).text("tbody")
    assert "Consortium des membres" in french and "Français" in french
    where = address(app, "consortium@bodies.example")
    page = desk.get(where)
    assert page("input[name=name_fr]")["value"] == "Consortium des membres"
    assert page("select[name=language] option[selected]")["value"] == "fr"
    assert desk.post(where, **{**CONSORTIUM, "name_fr": "", "language": "en"}).status == 303
    kept = body_at(app, "consortium@bodies.example")
    assert list(kept.name) == ["en"] and kept.language == "en"
    assert acts_on_bodies(app) == ["body.added", "body.changed"]


def test_saving_without_a_change_is_no_act(app, desk):
    add(desk)
    assert desk.post(address(app, "consortium@bodies.example"), **CONSORTIUM).status == 303
    assert acts_on_bodies(app) == ["body.added"]


def test_the_log_says_in_words_what_was_done_to_which_body(app, desk):
    add(desk)
    log = desk.get("/en/secretariat/audit/?action=body.added")
    assert "added a body that consultations ask" in log.text("tbody")
    assert log(f"tbody a[href='{address(app, 'consortium@bodies.example')}']").text == "Consortium of Members"


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"name_en": " "}, "Enter the name in English."),
        ({"name_fr": "x" * 201}, "Please keep it under 200."),
        ({"email": ""}, "Enter the address."),
        ({"email": "consortium"}, "Enter an e-mail address"),
        ({"email": "Bureau@bodies.example"}, "Another body in use has this address."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(app, desk, other, problem):
    page = add(desk, **other)
    assert page.status == 422 and problem in page.text(".errsum")
    assert page("input[name=name_ru]") and page("select option[selected]")["value"] == "fr"
    assert page("input[name=name_fr]")["value"] == {**CONSORTIUM, **other}["name_fr"]
    assert acts_on_bodies(app) == []


def test_a_body_cannot_take_the_address_of_another(app, desk):
    where = address(app, "bureau@bodies.example")
    page = desk.post(where, name_en="Bureau", email="forum-of-partners@bodies.example", language="fr")
    assert page.status == 422 and "Another body in use has this address." in page.text(".errsum")
    assert body_at(app, "bureau@bodies.example") and acts_on_bodies(app) == []


def test_of_many_who_add_the_same_address_at_the_same_moment_one_does(app, desk):
    token, tabs = desk.token(), twins_of(app, desk, 3)
    got = at_once(*(sending(tab, f"{BODIES}/new/", token, **CONSORTIUM) for tab in tabs))
    assert sorted(got) == [303, 422, 422] and acts_on_bodies(app) == ["body.added"]


def test_a_retired_body_comes_back_unless_another_has_its_address_by_now(app, desk):
    where = address(app, "bureau@bodies.example")
    desk.post(f"{where}retire/")
    assert add(desk, email="bureau@bodies.example").status == 303
    desk.post(f"{where}use/")
    assert "Another body in use has this address." in desk.get(f"{BODIES}/").text(".flash.bad")
    desk.post(f"{address(app, 'bureau@bodies.example')}retire/")
    desk.post(f"{where}use/")
    assert "Bureau" in desk.get(f"{BODIES}/").text("tbody")
    assert acts_on_bodies(app)[-2:] == ["body.retired", "body.used_again"]


def test_an_address_that_is_somebodys_is_told_to_them_and_goes_with_their_account(app, cast, desk, browser):
    add(desk, email=cast.email("newcomer"))
    where = address(app, cast.email("newcomer"))
    browser.sign_in(cast.email("newcomer"))
    told = json.loads(browser.post("/en/me/data/").html)["bodies reached at this address"]
    assert told == [{"body": "Consortium of Members", "retired": None}]
    assert browser.post("/en/me/delete/").status == 303
    assert body_at(app, cast.email("newcomer")) is None
    assert "Its address was deleted together with an account." in desk.get(f"{BODIES}/").text("main")
    assert acts_on_bodies(app) == ["body.added", "body.retired"]
    desk.post(f"{where}use/")
    assert "Enter its address first." in desk.get(where).text(".flash.bad")
    desk.post(where, **CONSORTIUM)
    desk.post(f"{where}use/")
    assert "Consortium of Members" in desk.get(f"{BODIES}/").text("tbody")


def test_an_account_nobody_confirmed_takes_no_address_from_a_body(app, cast, desk, browser):
    from permille.foundation.erasure import erase_all

    add(desk, email=cast.email("newcomer"))
    change(app, cast.id("newcomer"), confirmed_at=None)
    with app.app_context():
        erase_all(db.session, db.session.get_one(Person, cast.id("newcomer")))
        db.session.commit()
    assert body_at(app, cast.email("newcomer")).retired_at is None


def test_the_bodies_are_for_the_secretariat_alone(app, cast, desk):
    where = address(app, "bureau@bodies.example")
    leader = Browser(app).sign_in(cast.email("leader"))
    assert leader.get(f"{BODIES}/").status == leader.get(where).status == 403
    assert leader.post(f"{where}retire/").status == leader.post(f"{BODIES}/new/", **CONSORTIUM).status == 403
    assert acts_on_bodies(app) == [] and desk.get(f"{BODIES}/9999/").status == 404
