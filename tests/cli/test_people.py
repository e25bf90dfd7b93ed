"""Accounts made on the server are like those made at the desk."""

import pytest
from sqlalchemy import select

from permille.foundation import search
from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.people.models import Person
from permille.people.second_step import turn_on
from tests.browser import Browser


@pytest.fixture
def last_act(app):
    """Return a function that reads what the log said last: the act, on which account, and its details."""

    def read():
        with app.app_context():
            entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
            return entry and (entry.action, db.session.get(Person, entry.object_id).email, entry.details)

    return read


def test_a_named_account_is_found_by_its_name(typed, browser):
    said = typed("people", "add", "head@secretariat.example", "--name", " Amina\n  Sow ")
    assert said.exit_code == 0, said.output
    assert "Amina Sow" in browser.get("/en/search/?q=amina+sow").text("#results")


def test_no_part_of_a_private_address_is_published_as_a_name(app, typed):
    typed("people", "add", "jane.private@secretariat.example")
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email.startswith("jane.private"))).one()
        assert (person.name, person.is_listed) == ("jane.private", False)
        assert search.find(db.session, "person", "jane private", "en", 10) == []
    assert Browser(app).get(f"/en/people/{person.id}/").status == 404
    typed("people", "add", person.email, "--name", "Jane Doe")
    assert Browser(app).get(f"/en/people/{person.id}/").status == 404, "who sees it is for its owner to say"


def test_a_role_given_on_the_server_ends_the_sessions_from_before(app, typed, cast, last_act):
    member = Browser(app).sign_in(cast.email("member"))
    typed("people", "add", cast.email("member"), "--name", "Moussa")
    assert member.get("/en/me/").status == 200
    typed("people", "add", cast.email("member"), "--role", "secretary")
    assert member.get("/en/me/").status == 302, "a role needs a longer password"
    said = {"before": "person", "after": "secretary"}
    assert last_act() == ("person.role_changed", cast.email("member"), said)


def test_a_role_that_stays_is_no_change(typed, cast, last_act):
    before = last_act()
    typed("people", "add", cast.email("secretary"), "--role", "secretary")
    assert last_act() == before
    typed("people", "add", "new@secretariat.example", "--role", "funder")
    assert last_act() == ("person.added", "new@secretariat.example", {"role": "funder"})


def test_the_server_takes_away_the_second_step_of_whoever_lost_phone_and_codes(app, cast, typed, mails):
    with app.app_context():
        person = db.session.get(Person, cast.id("secretary"))
        turn_on(db.session, person)
        db.session.commit()
    done = typed("people", "end-second-step", cast.email("secretary"))
    assert done.exit_code == 0 and "without a second step" in done.output
    assert Browser(app).sign_in(cast.email("secretary")).get("/en/me/").status == 200
    assert "retiré" in mails()[-1]["body"]
    again = typed("people", "end-second-step", cast.email("secretary"))
    assert again.exit_code == 1 and "no second step" in again.output
