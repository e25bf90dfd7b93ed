"""The audit log only grows: the database refuses the rest, and what was done behind its back is found."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError

from permille.foundation.audit import AuditEntry, AuditHead, record
from permille.foundation.audit_chain import broken_chain, forget_old_acts
from permille.foundation.database import db
from permille.people.models import Person
from tests.browser import Browser


@pytest.fixture
def log(app, cast):
    """Five acts, in two transactions; yields the ids of the last five entries."""
    with app.app_context():
        someone = db.session.get(Person, cast.id("secretary"))
        for number in range(3):
            record(db.session, someone, "standing.recorded", someone, state="partner", number=number)
        db.session.commit()
        for _ in range(2):
            record(db.session, None, "session.refused", by="Ñandú")
        db.session.commit()
        yield db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all()[-5:]
        db.session.rollback()


def behind_its_back(statement):
    """Change the log as somebody might who owns the database."""
    if db.session.get_bind().dialect.name == "sqlite":
        for name in ("audit_entry_stays", "audit_entry_is_kept"):
            db.session.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    else:
        db.session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_stays"))
    db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.commit()


def test_what_was_written_holds_together(log):
    assert list(broken_chain(db.session)) == []


@pytest.mark.parametrize(
    "change",
    [
        update(AuditEntry).values(action="nothing.happened"),
        update(AuditEntry).values(details={}),
        update(AuditEntry).values(actor_id=1),
        update(AuditEntry).values(digest=None),
        update(AuditEntry).values(actor_id=None, action="nothing.happened"),
        delete(AuditEntry),
    ],
)
def test_the_database_refuses_to_change_or_drop_an_entry(log, change):
    with pytest.raises(DatabaseError, match="the audit log is"):
        db.session.execute(
            change.where(AuditEntry.id == log[1]), execution_options={"synchronize_session": False}
        )
    db.session.rollback()
    assert list(broken_chain(db.session)) == []


@pytest.mark.parametrize("which", [0, 2, 4])
@pytest.mark.parametrize(
    "change",
    [
        update(AuditEntry).values(action="nothing.happened"),
        update(AuditEntry).values(details={"state": "member"}),
        update(AuditEntry).values(created_at=datetime(2026, 1, 1, tzinfo=UTC)),
        update(AuditEntry).values(actor_id=func.coalesce(AuditEntry.actor_id, 1) + 1),
        update(AuditEntry).values(before="f" * 64),
        update(AuditEntry).values(digest=None),
        delete(AuditEntry),
    ],
)
def test_what_is_done_behind_its_back_is_found(log, cast, which, change):
    behind_its_back(change.where(AuditEntry.id == log[which]))
    assert list(broken_chain(db.session))


def test_an_entry_put_in_from_outside_and_a_head_moved_back_are_found(log):
    before = db.session.scalar(select(AuditEntry.before).where(AuditEntry.id == log[-1]))
    behind_its_back(update(AuditHead).values(digest=before))
    assert list(broken_chain(db.session))
    last = db.session.scalar(select(AuditEntry.digest).where(AuditEntry.id == log[-1]))
    behind_its_back(update(AuditHead).values(digest=last))
    assert list(broken_chain(db.session)) == []
    db.session.add(AuditEntry(action="standing.recorded", object_kind="", details={}))
    db.session.commit()
    assert list(broken_chain(db.session))


def test_a_person_may_be_forgotten_and_the_chain_still_holds(app, cast):
    partner = Browser(app).sign_in(cast.email("partner"))
    assert partner.post("/en/me/delete/").status == 303
    with app.app_context():
        assert db.session.get(Person, cast.id("partner")) is None
        acts = select(AuditEntry.actor_id).where(AuditEntry.action == "session.opened")
        assert db.session.scalars(acts).all() == [None]
        assert list(broken_chain(db.session)) == []


def test_what_is_rolled_back_leaves_no_gap(log):
    record(db.session, None, "session.refused")
    db.session.flush()
    db.session.rollback()
    record(db.session, None, "session.refused")
    db.session.commit()
    assert list(broken_chain(db.session)) == []


def test_the_oldest_may_go_after_five_years_and_the_rest_still_holds(app, cast):
    long_ago = datetime.now(UTC) - timedelta(days=6 * 365)
    with app.app_context():
        for when in (long_ago, long_ago + timedelta(days=1), datetime.now(UTC)):
            record(db.session, None, "standing.recorded").created_at = when
            db.session.commit()
        forget_old_acts(db.session, datetime.now(UTC) - timedelta(days=5 * 365))
        db.session.commit()
        assert db.session.scalar(select(func.count(AuditEntry.id))) == 1
        assert list(broken_chain(db.session)) == []
