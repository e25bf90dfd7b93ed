"""Presence: when somebody was seen last is noted after the answer, and never spoils it."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from permille.foundation import clock
from permille.foundation.database import db
from permille.people.models import SignedIn


@pytest.fixture
def an_hour_later():
    start = clock.now()
    yield lambda: clock.turn(lambda: start + timedelta(hours=1))
    clock.turn(None)


def test_being_here_is_noted_now_and_then(app, browser, cast, an_hour_later, statements):
    browser.sign_in(cast.email("member"))
    an_hour_later()
    browser.get("/en/me/")
    with app.app_context():
        seen = db.session.scalar(select(SignedIn.seen_at).where(SignedIn.person_id == cast.id("member")))
    assert seen == clock.now()
    statements.clear()
    browser.get("/en/me/")
    assert not [one for one in statements if one.startswith("UPDATE")]


def test_a_session_that_ended_meanwhile_spoils_no_answer(app, browser, cast, an_hour_later, caplog):
    browser.sign_in(cast.email("member"))
    an_hour_later()

    def end_meanwhile(response):
        db.session.rollback()
        with db.engine.execution_options(read_only=False).begin() as connection:
            connection.execute(delete(SignedIn))
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, end_meanwhile)
    assert browser.get("/en/me/").status == 200
    assert browser.get("/en/me/").status == 302
