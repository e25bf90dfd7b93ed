"""Bodies in a consultation: one button puts every body in use on its list."""

from permille.consultations.models import Consultee
from permille.foundation.clock import now
from permille.foundation.database import db
from tests.consultations.bodies import BODIES, SHOWN, acts_on_bodies, add, address
from tests.consultations.conftest import DESK, asked_by


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


def test_without_a_body_in_use_a_consultation_offers_to_make_the_list(app, desk, prepared):
    for email in SHOWN:
        desk.post(f"{address(app, email)}retire/")
    page = desk.get(f"{DESK}/")
    assert page("button[name=group][value=body]") is None
    assert page(f"main a[href='{BODIES}/']").text == "Make a list of bodies, to add them all at once"


def test_bodies_come_onto_a_list_that_is_still_being_gathered_only(app, desk, prepared, change_vacancy):
    change_vacancy(prepared, consultation_at=now(), nomination_at=now())
    desk.post(f"{DESK}/groups/", group="body")
    assert "It is too late for that" in desk.get(f"{DESK}/").text(".flash.bad")
    assert asked_by(app, prepared) == {}
