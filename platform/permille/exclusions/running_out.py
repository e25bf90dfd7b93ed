"""Ending memberships whose notice is over, and suspensions whose time has passed. The worker asks for it."""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from permille.exclusions.letters import tell_member
from permille.exclusions.models import Exclusion, Finding, Measure, Outcome
from permille.exclusions.queries import hold_exclusion
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.days import today
from permille.taskforces.models import Membership


def end_in_time(session: Session) -> None:
    """End what is over; a notice against which an appeal waits is held back. Commits each on its own."""
    about = joinedload(Exclusion.membership, innerjoin=True)
    query = select(Exclusion).where(_due()).order_by(Exclusion.id)
    query = query.options(about.joinedload(Membership.person), about.joinedload(Membership.objective))
    for one in list(session.scalars(query)):
        hold_exclusion(session, one)
        # Another worker was faster, or an appeal came at this very moment.
        if session.scalar(select(Exclusion.id).where(Exclusion.id == one.id, _due())) is None:
            session.rollback()
            continue
        _end(session, one)
        session.commit()
    session.rollback()  # lets go of the database: a reader here is a writer too


def _due() -> ColumnElement[bool]:
    settled = or_(Exclusion.appealed_at.is_(None), Exclusion.finding == Finding.STANDS)
    is_leaving = and_(Exclusion.measure == Measure.LEAVING, settled)
    return and_(
        Exclusion.over_at.is_(None),
        Exclusion.last_day < today(),
        or_(Exclusion.measure == Measure.SUSPENSION, is_leaving),
    )


def _end(session: Session, one: Exclusion) -> None:
    membership = one.membership
    was_there = membership.ended_at is None
    if one.measure == Measure.SUSPENSION:
        membership.suspended_at = None
        outcome, act, kind = Outcome.PASSED, "exclusion.passed", "suspension_over"
    elif was_there:
        # What was written about oneself stays until it is too late to appeal: the end may be undone.
        membership.ended_at = now()
        outcome, act, kind = Outcome.ENDED, "membership.ended", "membership_ended"
    else:
        outcome, act, kind = Outcome.LEFT, "exclusion.passed", ""
    one.end(outcome)
    audit.record(session, None, act, membership, objective=membership.objective.code)
    if was_there and kind:
        tell_member(session, one, kind)
