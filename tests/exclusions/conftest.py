"""What the tests of exclusions share: a member of A1, decisions about them, and looking into the database."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from permille.exclusions.models import DecidedAs, Exclusion, Measure
from permille.exclusions.running_out import end_in_time
from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.taskforces.models import Membership
from tests.browser import Browser
from tests.cast import change_row

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
REASON = "You shouted at two members in the meeting."


def day(n):
    """Return the day so many days from today, as a form sends it."""
    return f"{now().date() + timedelta(days=n):%Y-%m-%d}"


@pytest.fixture
def membership(app, cast):
    """The id of the member's membership in A1."""
    with app.app_context():
        query = select(Membership.id).join(Membership.objective)
        return db.session.scalars(
            query.where(Membership.person_id == cast.id("member"), Objective.code == "A1")
        ).one()


@pytest.fixture
def decided(app, cast, membership):
    """Return a function that lets somebody decide about the member, and gives the page of the decision."""

    def decide(measure=Measure.LEAVING, days=20, by="leader"):
        with app.app_context():
            one = Exclusion(
                membership_id=membership, measure=measure, reason=REASON, decided_by_id=cast.id(by),
                decided_as=DecidedAs.LEADER if by == "leader" else DecidedAs.SECRETARIAT,
                last_day=now().date() + timedelta(days=days),
            )  # fmt: skip
            if measure == Measure.SUSPENSION:
                db.session.get_one(Membership, membership).suspended_at = now()
            db.session.add(one)
            db.session.commit()
            return f"/en/exclusions/{one.id}/"

    return decide


@pytest.fixture
def of(app, cast):
    """Return a function that lets one of the cast look, signed in on the day it is."""
    known = {}

    def look(part):
        key = part, now().date()
        if key not in known:
            known[key] = Browser(app).sign_in(cast.email(part))
        return known[key]

    return look


@pytest.fixture
def state(app, membership):
    """Return a function that tells whether the member is gone or suspended, and the outcomes of the decisions."""

    def look():
        with app.app_context():
            one = db.session.get_one(Membership, membership)
            outcomes = db.session.scalars(select(Exclusion.outcome).order_by(Exclusion.id))
            return one.ended_at is not None, one.suspended_at is not None, list(outcomes)

    return look


@pytest.fixture
def later(app):
    """Return a function that turns the clock by days and lets the worker end what is over."""

    def turn(days):
        moment = now() + timedelta(days=days)
        clock.turn(lambda: moment)
        with app.app_context():
            end_in_time(db.session)

    yield turn
    clock.turn(None)


@pytest.fixture
def change_exclusion(app):
    """Return a function that gives a decision other values, as somebody else would meanwhile."""
    return partial(change_row, app, Exclusion)
