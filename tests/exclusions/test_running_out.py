"""The worker ends what is over; an appeal holds a notice back, and a suspension runs on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.cli.housekeeping import keep_house
from permille.exclusions.models import Exclusion, Measure
from permille.exclusions.running_out import end_in_time
from permille.foundation.clock import now
from permille.foundation.config import BadSetting, from_environment
from permille.foundation.database import db
from permille.taskforces.models import Membership
from tests.exclusions.conftest import ON_SQLITE

WORDS = "I was not at that meeting."


def test_a_membership_ends_when_its_notice_is_over_and_not_before(app, decided, later, state, mails, cast):
    decided(days=14)
    later(14)
    assert state() == (False, False, [""])
    before = len(mails())
    later(1)
    assert state() == (True, False, ["ended"])
    assert [mail["to"] for mail in mails()[before:]] == [cast.email("member")]
    with app.app_context():
        end_in_time(db.session)
    assert len(mails()) == before + 1


@ON_SQLITE
def test_a_suspension_that_is_over_lets_the_member_back_in(decided, later, state):
    decided(Measure.SUSPENSION, days=5)
    later(6)
    assert state() == (False, False, ["passed"])


@ON_SQLITE
def test_an_appeal_holds_the_end_back_until_it_is_answered(of, decided, later, state):
    where = decided(days=14)
    of("member").post(f"{where}appeal/", words=WORDS)
    later(20)
    assert state() == (False, False, [""])
    of("second-secretary").post(f"{where}answer/", finding="stands", answer="You were there.")
    later(1)
    assert state() == (True, False, ["ended"])


@ON_SQLITE
def test_an_appeal_does_not_lengthen_a_suspension_nor_shorten_it(of, decided, later, state):
    where = decided(Measure.SUSPENSION, days=10)
    of("member").post(f"{where}appeal/", words=WORDS)
    assert state() == (False, True, [""])
    later(11)
    assert state() == (False, False, ["passed"])


@ON_SQLITE
def test_an_end_is_undone_by_an_appeal_that_is_granted_with_what_the_member_wrote(
    app, of, decided, later, state, membership
):
    with app.app_context():
        db.session.get_one(Membership, membership).contribution = "Maps."
        db.session.commit()
    where = decided(days=14)
    later(16)
    assert state()[0]
    of("member").post(f"{where}appeal/", words=WORDS)
    of("secretary").post(f"{where}answer/", finding="lifted", answer="Right.")
    assert state() == (False, False, ["granted"])
    with app.app_context():
        assert db.session.get_one(Membership, membership).contribution == "Maps."


@ON_SQLITE
def test_it_is_forgotten_some_time_after_it_is_over_unless_an_appeal_waits(
    app, of, decided, later, membership, change_exclusion
):
    with app.app_context():
        db.session.get_one(Membership, membership).contribution = "Maps."
        db.session.commit()
    where = decided(days=14)
    later(15)
    of("member").post(f"{where}appeal/", words=WORDS)
    later(app.config["KEPT_EXCLUSIONS_DAYS"] + 1)
    with app.app_context():
        keep_house()
        assert db.session.get_one(Membership, membership).contribution == "Maps."
        assert db.session.scalar(select(Exclusion.id))
    change_exclusion(
        int(where.split("/")[-2]), finding="stands", appeal_decided_at=now() - timedelta(days=800)
    )
    with app.app_context():
        keep_house()
        db.session.expire_all()
        assert db.session.get_one(Membership, membership).contribution == ""
        assert db.session.scalar(select(Exclusion.id)) is None


def test_what_keeps_somebody_out_cannot_be_forgotten_earlier():
    assert from_environment({"PERMILLE_KEPT_EXCLUSIONS_DAYS": "180"})["KEPT_EXCLUSIONS_DAYS"] == 180
    with pytest.raises(BadSetting):
        from_environment({"PERMILLE_KEPT_EXCLUSIONS_DAYS": "179"})


def test_the_worker_asks_for_it():
    from permille.cli import running

    assert running.end_in_time is end_in_time
