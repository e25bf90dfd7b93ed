"""Keeping house: what has served its purpose goes on its day, and nothing goes before."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from permille.cli.housekeeping import keep_house
from permille.foundation import clock
from permille.foundation.audit import AuditEntry, record
from permille.foundation.database import db
from permille.foundation.outbox import Job
from permille.objectives.models import Objective
from permille.people.models import MailedLink, Person, Purpose, SignedIn
from permille.taskforces.models import JoinDraft

START = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def kept(app, cast):
    """Return a function: what is left of what `make` adds, so long after it was made."""

    def left(make, model, after):
        with app.app_context():
            before = db.session.scalar(select(func.count(model.id)))
            make()
            db.session.commit()
            clock.turn(lambda: START + after)
            keep_house()
            return db.session.scalar(select(func.count(model.id))) - before

    clock.turn(lambda: START)
    yield left
    clock.turn(None)


@pytest.mark.parametrize(
    ("visitor", "age", "left"), [(True, 6, 1), (True, 8, 0), (False, 8, 1), (False, 89, 1), (False, 91, 0)]
)
def test_a_draft_waits_a_week_for_a_visitor_and_a_season_for_a_person(kept, cast, visitor, age, left):
    def make():
        objective = db.session.scalars(select(Objective.id).where(Objective.code == "F3")).one()
        owner = {"visitor": b"v" * 32} if visitor else {"person_id": cast.id("partner")}
        db.session.add(JoinDraft(objective_id=objective, contribution="Half", **owner))

    assert kept(make, JoinDraft, timedelta(days=age)) == left


@pytest.mark.parametrize(("age", "left"), [(14, 1), (16, 0)])
def test_a_link_goes_when_it_expires_with_what_it_carried(kept, age, left):
    def make():
        db.session.add(MailedLink.write(Purpose.SIGN_IN, "a@village.example", "en")[0])

    assert kept(make, MailedLink, timedelta(minutes=age)) == left


@pytest.mark.parametrize(
    ("part", "after", "left"),
    [
        ("member", timedelta(days=13), 1),
        ("member", timedelta(days=15), 0),
        ("secretary", timedelta(minutes=110), 1),
        ("secretary", timedelta(minutes=130), 0),
    ],
)
def test_a_session_goes_when_it_opens_nothing_any_more(kept, cast, part, after, left):
    def make():
        db.session.add(SignedIn.open(db.session.get(Person, cast.id(part)), "Phone")[0])

    assert kept(make, SignedIn, after) == left


@pytest.mark.parametrize(
    ("state", "days", "left"), [({}, 400, 1), ({"done_at": START}, 29, 1), ({"done_at": START}, 31, 0)]
)
def test_the_record_of_a_mail_lives_a_month_and_a_waiting_one_is_kept(kept, state, days, left):
    def make():
        db.session.add(Job(kind="mail", payload={}, **state))

    assert kept(make, Job, timedelta(days=days)) == left


@pytest.mark.parametrize(("years", "left"), [(4, 1), (6, 0)])
def test_decisions_are_kept_five_years(kept, years, left):
    def make():  # long ago by the database's own clock, which nobody turns
        entry = record(db.session, None, "standing.recorded")
        entry.created_at = datetime.now(UTC) - timedelta(days=365 * years)

    assert kept(make, AuditEntry, datetime.now(UTC) - START) == left
