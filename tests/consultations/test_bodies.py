"""The bodies that consultations ask: kept once, and put on a list with one button."""

import json

import pytest
from sqlalchemy import select

from permille.consultations.models import Body, Consultee
from permille.foundation.audit import AuditEntry
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Person
from tests.browser import Browser
from tests.campaigns.races import at_once, sending, twins_of
from tests.cast import change
from tests.consultations.conftest import DESK, asked_by

BODIES = "/en/consultations/bodies"
SHOWN = {"forum-of-partners@bodies.example", "bureau@bodies.example", "scientific-committee@bodies.example"}
CONSORTIUM = {
    "name_en": "Consortium of Members",
    "name_fr": "Consortium des membres",
    "email": "Consortium@bodies.example",
    "language": "fr",
}


def body_at(app, email):
    with app.app_context():
        return db.session.scalars(select(Body).where(Body.email == email).order_by(Body.id.desc())).first()


def acts_on_bodies(app):
    with app.app_context():
        query = select(AuditEntry.action).where(AuditEntry.object_kind == "body").order_by(AuditEntry.id)
        return list(db.session.scalars(query))


def add(desk, **other):
    return desk.post(f"{BODIES}/new/", **{**CONSORTIUM, **other})


def address(app, email):
    return f"{BODIES}/{body_at(app, email).id}/"


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


def test_one_button_puts_every_body_on_the_list_once_in_its_language(app, desk, prepared):
    assert desk.get(f"{DESK}/")("button[name=group][value=body]").text == "Add the bodies"
    assert desk.post(f"{DESK}/groups/", group="body").status == 303
    assert "3 bodies are on the list now." in desk.get(f"{DESK}/").text(".flash")
    on_list = asked_by(app, prepared)
    assert set(on_list) == SHOWN
    with app.app_context():
        bureau = db.session.get_one(Consultee, on_list["bureau@bodies.example"])
        assert (bureau.asked_as, bureau.language, bureau.name) == ("body", "fr", "Bureau")
    desk.post(f"{DESK}/groups/", group="body")
    assert "Nobody was added" in desk.get(f"{DESK}/").text(".flash")
    assert asked_by(app, prepared) == on_list


def test_a_body_that_was_typed_by_hand_is_not_asked_twice(app, desk, prepared):
    desk.post(f"{DESK}/addresses/", addresses="Bureau@bodies.example The Bureau", language="en")
    desk.post(f"{DESK}/groups/", group="body")
    assert set(asked_by(app, prepared)) == SHOWN and len(asked_by(app, prepared)) == 3
    assert "2 bodies are on the list now." in desk.get(f"{DESK}/").text()


def test_a_body_whose_address_has_an_account_is_asked_by_it_unless_it_stands_for_the_seat(
    app, cast, desk, prepared
):
    add(desk, email=cast.email("leader"))
    add(desk, name_en="Board", email=cast.email("partner"))
    desk.post(f"{DESK}/groups/", group="body")
    assert cast.email("partner") in desk.get(f"{DESK}/").text(".flash.bad")
    on_list = asked_by(app, prepared)
    assert set(on_list) == SHOWN | {cast.email("leader")}
    with app.app_context():
        row = db.session.get_one(Consultee, on_list[cast.email("leader")])
        assert (row.person_id, row.email, row.asked_as) == (cast.id("leader"), None, "body")


def test_a_retired_body_is_on_no_new_list_and_stays_where_it_was_asked(app, desk, prepared):
    desk.post(f"{DESK}/groups/", group="body")
    where = address(app, "bureau@bodies.example")
    assert desk.post(f"{where}retire/").status == 303 and desk.post(f"{where}retire/").status == 303
    assert set(asked_by(app, prepared)) == SHOWN
    desk.post(f"{DESK}/consultees/{asked_by(app, prepared)['bureau@bodies.example']}/remove/")
    desk.post(f"{DESK}/groups/", group="body")
    assert set(asked_by(app, prepared)) == SHOWN - {"bureau@bodies.example"}
    page = desk.get(f"{BODIES}/")
    assert "Bureau" not in page.text("tbody") and "Bureau" in page.text("section[aria-labelledby=retired]")
    assert acts_on_bodies(app) == ["body.retired"]


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


def test_without_a_body_in_use_a_consultation_offers_to_make_the_list(app, desk, prepared):
    for email in SHOWN:
        desk.post(f"{address(app, email)}retire/")
    page = desk.get(f"{DESK}/")
    assert page("button[name=group][value=body]") is None
    assert page(f"main a[href='{BODIES}/']").text == "Make a list of bodies, to add them all at once"


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


def test_bodies_come_onto_a_list_that_is_still_being_gathered_only(app, desk, prepared, change_vacancy):
    change_vacancy(prepared, consultation_at=now(), nomination_at=now())
    desk.post(f"{DESK}/groups/", group="body")
    assert "It is too late for that" in desk.get(f"{DESK}/").text(".flash.bad")
    assert asked_by(app, prepared) == {}
