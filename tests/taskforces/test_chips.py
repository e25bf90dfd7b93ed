"""Chips beside names: which office somebody holds, wherever they are named, and nowhere they are not."""

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Naming
from permille.taskforces.chips import Chip, chips_of
from permille.taskforces.models import Mandate, Membership
from tests.browser import Browser
from tests.cast import change
from tests.engines import ON_SQLITE


@pytest.fixture
def leader(app, cast):
    """Put the leader of A1 into the team of B1, and return their id."""
    with app.app_context():
        b1 = db.session.scalars(select(Objective.id).where(Objective.code == "B1")).one()
        db.session.add(Membership(objective_id=b1, person_id=cast.id("leader")))
        db.session.commit()
    return cast.id("leader")


def beside(browser, path, person_id):
    """Return the chips that stand with the links to somebody's page."""
    doors = browser.get(path).soup.select(f'main a[href="/en/people/{person_id}/"]')
    assert doors, path
    return [tag.get_text(" ", strip=True) for door in doors for tag in door.parent.select(".tag")]


@ON_SQLITE
def test_a_chip_says_the_office_wherever_somebody_is_named(browser, cast, leader):
    for path in (
        "objectives/a1/",
        "objectives/b1/team/",
        "africa/people/",
        "search/?q=Wanjiru",
    ):
        assert "Leader A1" in beside(browser, f"/en/{path}", leader), path
    for path in ("africa/", "objectives/a1/team/", "vacancies/a1/africa/"):
        assert "Representative A1 · Africa" in beside(browser, f"/en/{path}", cast.id("representative")), path
    assert "Leader A1" in browser.get(f"/en/people/{leader}/").text("h1 + p")


@ON_SQLITE
def test_the_secretariat_has_a_chip_and_an_office_that_ended_has_none(app, browser, cast, leader):
    secretary = cast.id("secretary")
    assert "Secretariat" in browser.get(f"/en/people/{secretary}/").text("h1 + p")
    with app.app_context():
        for one in db.session.scalars(select(Mandate).where(Mandate.person_id == leader)):
            one.end()
        db.session.commit()
    assert "Leader A1" not in browser.get(f"/en/people/{leader}/").text("main")
    assert beside(browser, "/en/objectives/b1/team/", leader) == []


@ON_SQLITE
def test_of_somebody_who_is_not_listed_a_team_learns_no_office_elsewhere(app, cast, leader):
    name = change(app, leader, naming=Naming.TEAMMATES)
    with app.app_context():
        b1 = db.session.scalars(select(Objective.id).where(Objective.code == "B1")).one()
        db.session.add(Membership(objective_id=b1, person_id=cast.id("member")))
        db.session.commit()
    member = Browser(app).sign_in(cast.email("member"))
    there, here = (member.get(f"/en/objectives/{code}/team/").text("main") for code in ("b1", "a1"))
    assert name in there and "Leader A1" not in there
    assert name in here and "Leader A1" in here


def test_many_people_cost_one_statement(app, cast, leader, statements):
    with app.app_context():
        people = [*cast.ids.values(), None]
        statements.clear()
        found = chips_of(db.session, people)
        assert len(statements) == 1
        assert found[leader] == (Chip("A1", ""),) and found[cast.id("secretary")] == (Chip("", ""),)
        assert found[cast.id("newcomer")] == () and chips_of(db.session, [None]) == {}


@ON_SQLITE
def test_whoever_is_suspended_is_not_of_the_secretariat(app, cast):
    change(app, cast.id("second-secretary"), suspended_at=now())
    with app.app_context():
        assert chips_of(db.session, [cast.id("second-secretary")], everyone=True) == {
            cast.id("second-secretary"): ()
        }
