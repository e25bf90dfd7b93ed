"""Merging duplicates: names and people move, standings do not, and it can be taken back."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Affiliation, Organisation, StandingState
from tests.browser import Browser


@pytest.fixture
def twins(app, organisation_of, cast):
    """Two records of one organisation; the newcomer belongs to the first, the second is a partner."""
    first = organisation_of("Inst. of Soils", aliases=["IS"])
    second = organisation_of("Institute of Soils", aliases=["is", "IoS"])
    with app.app_context():
        held = db.session.scalars(
            select(Affiliation).where(Affiliation.person_id == cast.id("newcomer"))
        ).one()
        held.organisation_id = first
        held.confirm(db.session.get(type(held.person), cast.id("secretary")))
        db.session.get(Organisation, second).stand(StandingState.PARTNER, None, evidence="Declaration")
        db.session.commit()
    return first, second


def belongs_to(app, cast):
    with app.app_context():
        query = select(Affiliation.organisation_id).where(Affiliation.person_id == cast.id("newcomer"))
        return db.session.scalars(query).one()


def test_a_merge_is_compared_confirmed_and_moves_names_and_people(app, browser, desk, twins, cast, acts):
    first, second = twins
    path = f"/en/secretariat/organisations/{first}/merge/"
    assert "Institute of Soils" in desk.get(path + "?q=institute").text("main")
    check = desk.get(f"{path}?into={second}")
    assert "Inst. of Soils" in check.text("table") and belongs_to(app, cast) == first
    assert desk.post(path, into=second).status == 303
    assert belongs_to(app, cast) == second
    with app.app_context():
        stays = db.session.get(Organisation, second)
        assert stays.aliases == ["is", "IoS", "Inst. of Soils"] and stays.state == StandingState.PARTNER
    assert browser.get(f"/en/organisations/{second}/").status == 200
    assert browser.get("/en/search/?q=inst").text("#results").count("of Soils") == 1
    assert "organisation.merged" in acts()


def test_whoever_was_mentioned_by_the_old_name_claims_the_one_that_stays(app, desk, twins, cast):
    first, second = twins
    desk.post(f"/en/secretariat/organisations/{first}/merge/", into=second)
    partner = Browser(app).sign_in(cast.email("partner"))
    found = partner.get("/en/me/organisation/?q=inst. of soils")
    assert found(f'input[value="{second}"]') and not found(f'input[value="{first}"]')


def test_a_merge_is_taken_back_whole(app, desk, twins, cast):
    first, second = twins
    desk.post(f"/en/secretariat/organisations/{first}/merge/", into=second)
    assert "was merged into" in desk.get(f"/en/secretariat/organisations/{first}/").text("main")
    assert desk.post(f"/en/secretariat/organisations/{first}/part/").status == 303
    assert belongs_to(app, cast) == first
    with app.app_context():
        assert db.session.get(Organisation, second).aliases == ["is", "IoS"]
        assert db.session.get(Organisation, first).merged_into_id is None
    assert desk.post(f"/en/secretariat/organisations/{first}/part/").status == 409


def test_the_page_warns_when_a_partner_would_vanish_in_a_record_that_is_none(desk, twins):
    first, second = twins
    page = desk.get(f"/en/secretariat/organisations/{second}/merge/?into={first}")
    assert "could no longer stand for an office" in page.text("main")


def test_a_record_cannot_be_merged_with_itself_twice_or_with_nothing(desk, twins):
    first, second = twins
    path = f"/en/secretariat/organisations/{first}/merge/"
    assert desk.post(path, into=first).status == 409
    assert desk.post(path, into=2**70).status == 404
    assert desk.post(path, into="soil").status == 404
    assert desk.post(path, into=second).status == 303
    assert desk.post(path, into=second).status == 409


def test_who_was_merged_into_the_first_follows_to_the_second(app, desk, twins, organisation_of):
    first, second = twins
    third = organisation_of("Soils, Inst.")
    desk.post(f"/en/secretariat/organisations/{third}/merge/", into=first)
    desk.post(f"/en/secretariat/organisations/{first}/merge/", into=second)
    with app.app_context():
        assert db.session.get(Organisation, third).merged_into_id == second


def take_back(desk, organisation_id):
    return desk.post(f"/en/secretariat/organisations/{organisation_id}/part/").status


@pytest.fixture
def chain(app, desk, twins, organisation_of):
    """The first merged into the second, and the second into a third."""
    first, second = twins
    third = organisation_of("Soils, Inst.")
    for source, target in ((first, second), (second, third)):
        desk.post(f"/en/secretariat/organisations/{source}/merge/", into=target)
    return first, second, third


def state_of(app, *ids):
    with app.app_context():
        rows = [db.session.get(Organisation, one) for one in ids]
        return [(one.merged_into_id, one.aliases) for one in rows]


def test_a_chain_of_merges_is_taken_back_in_the_order_it_was_made(app, desk, chain, cast):
    first, second, third = chain
    assert take_back(desk, first) == 303 and belongs_to(app, cast) == first
    assert state_of(app, *chain) == [
        (None, ["IS"]), (third, ["is", "IoS"]), (None, ["Institute of Soils", "is", "IoS"])
    ]  # fmt: skip
    assert take_back(desk, second) == 303 and belongs_to(app, cast) == first
    assert state_of(app, *chain) == [(None, ["IS"]), (None, ["is", "IoS"]), (None, [])]


def test_a_chain_of_merges_is_taken_back_from_its_end(app, desk, chain, cast):
    first, second, _third = chain
    assert take_back(desk, second) == 303 and belongs_to(app, cast) == second
    assert state_of(app, *chain) == [(second, ["IS"]), (None, ["is", "IoS", "Inst. of Soils"]), (None, [])]
    assert take_back(desk, first) == 303 and belongs_to(app, cast) == first
    assert state_of(app, *chain) == [(None, ["IS"]), (None, ["is", "IoS"]), (None, [])]


def test_a_record_that_was_merged_once_more_stays_where_it_went(app, desk, chain, cast):
    first, second, third = chain
    take_back(desk, first)
    desk.post(f"/en/secretariat/organisations/{first}/merge/", into=third)
    assert take_back(desk, second) == 303 and belongs_to(app, cast) == third
    merged_into, aliases = zip(*state_of(app, *chain), strict=True)
    assert merged_into == (third, None, None) and "Inst. of Soils" in aliases[2]


def test_a_record_that_stays_is_found_among_many_and_by_country(desk, organisation_of):
    source = organisation_of("Soil Group Source")
    for n in range(60):
        organisation_of(f"Soil Group {n:02}", country="KE" if n == 59 else "FR")
    path = f"/en/secretariat/organisations/{source}/merge/?q=soil group"
    page = desk.get(path)
    assert "60 organisations found" in page.text("main") and "Soil Group 00" in page.text("main ul.list")
    assert "Soil Group 59" in desk.get(page(".pager a")["href"]).text("main ul.list")
    assert desk.get(path + "&country=KE").text("main ul.list").startswith("Soil Group 59")
