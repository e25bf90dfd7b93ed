"""The record of a vacancy: everything in order, nothing changed, and people can be forgotten all the same."""

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from permille.foundation.database import db
from permille.foundation.erasure import erase_all, tell_all
from permille.people.models import Person
from permille.vacancies.record import RecordEntry, broken_records, entries_of
from tests.browser import Browser
from tests.vacancies.conftest import ANSWERS, SEAT


@pytest.fixture
def recorded(app, cast, call, applied):
    """A record of a few entries by several people."""
    partner = Browser(app).sign_in(cast.email("partner"))
    partner.post(f"{SEAT}/apply/", **{**ANSWERS, "why": "Said better."})
    Browser(app).sign_in(cast.email("secretary")).post("/en/vacancies/calls/close/", seat="c2/africa")
    return call


def test_every_step_is_an_entry_of_who_did_what_about_whom(app, cast, recorded):
    with app.app_context():
        rows = [
            (one.number, one.act, one.actor_id, one.subject_id) for one in entries_of(db.session, recorded)
        ]
        assert list(broken_records(db.session)) == []
    partner = cast.id("partner")
    assert rows == [
        (1, "application.sent", partner, partner),
        (2, "application.changed", partner, partner),
        (3, "call.closed", cast.id("secretary"), None),
    ]


@pytest.mark.parametrize(
    "change",
    ["act = 'call.opened'", "said = '{}'", "actor_id = 1", "number = 9", "salt = 'x'", "digest = 'x'"],
)
def test_the_database_refuses_to_change_an_entry(app, recorded, change):
    with app.app_context(), pytest.raises(DBAPIError, match="never changed"):
        db.session.execute(text(f"UPDATE record_entry SET {change} WHERE vacancy_id = {recorded}"))


def test_the_database_refuses_to_drop_an_entry(app, recorded):
    with app.app_context(), pytest.raises(DBAPIError, match="kept for five years"):
        db.session.execute(text(f"DELETE FROM record_entry WHERE vacancy_id = {recorded}"))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            "UPDATE record_entry SET act = 'call.opened' WHERE number = 3 AND vacancy_id = {id}",
            "entry 3 is not",
        ),
        ("UPDATE record_entry SET said = '[]' WHERE number = 1 AND vacancy_id = {id}", "entry 1 is not"),
        ("UPDATE record_entry SET actor_id = 1 WHERE number = 2 AND vacancy_id = {id}", "entry 2 is not"),
        ("DELETE FROM record_entry WHERE number = 3 AND vacancy_id = {id}", "an entry is missing"),
        ("DELETE FROM record_entry WHERE number = 1 AND vacancy_id = {id}", "entry 1 is not"),
    ],
)
def test_what_was_changed_behind_the_database_s_back_is_found(app, recorded, change, problem):
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            for trigger in ("record_entry_stays", "record_entry_is_kept"):
                db.session.execute(text(f"DROP TRIGGER {trigger}"))
        else:
            db.session.execute(text("ALTER TABLE record_entry DISABLE TRIGGER ALL"))
        db.session.execute(text(change.format(id=recorded)))
        db.session.commit()
        (found,) = broken_records(db.session)
        assert problem in found and f"vacancy {recorded}" in found


def test_who_is_forgotten_leaves_a_chain_that_holds_and_no_words(app, cast, recorded):
    with app.app_context():
        person = db.session.get_one(Person, cast.id("partner"))
        told = tell_all(db.session, person)
        assert any("Said better." in str(row) for row in told["entries in records of vacancies"])
        assert told["applications"][0]["why"] == "Said better."
        erase_all(db.session, person)
        db.session.commit()
        rows = entries_of(db.session, recorded)
        assert [one.act for one in rows][-1] == "application.stood_down"
        assert {one.actor_id for one in rows} <= {cast.id("secretary"), None}
        assert "Said better." not in str([one.said for one in rows])
        assert list(broken_records(db.session)) == []


def test_what_must_be_erased_can_go_and_the_chain_still_holds(app, recorded):
    with app.app_context():
        first = entries_of(db.session, recorded)[0].id
        db.session.execute(update(RecordEntry).where(RecordEntry.id == first).values(said=None))
        db.session.commit()
        assert list(broken_records(db.session)) == []
