"""Forgetting exclusions some time after they were over, as the privacy page says. The worker asks for it."""

from datetime import timedelta

from sqlalchemy import and_, delete, or_, select, update

from permille.exclusions.models import Exclusion, Finding, Outcome
from permille.exclusions.queries import appeal_time_is_over
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.taskforces.models import Membership


def forget_exclusions(session: Session, days: int) -> None:
    """Drop what was over `days` ago, and what somebody wrote of themselves once their end is final (2 statements)."""
    before = now() - timedelta(days=days)
    unanswered = and_(
        Exclusion.appealed_at.is_not(None),
        Exclusion.appeal_decided_at.is_(None),
        Exclusion.outcome != Outcome.TAKEN_BACK,
    )
    late = or_(Exclusion.appeal_decided_at.is_(None), Exclusion.appeal_decided_at < before)
    final = or_(
        and_(Exclusion.appealed_at.is_(None), appeal_time_is_over()), Exclusion.finding == Finding.STANDS
    )
    ended = select(Exclusion.membership_id).where(Exclusion.outcome == Outcome.ENDED, final)
    for old in (
        update(Membership)
        .where(Membership.id.in_(ended), Membership.contribution != "")
        .values(contribution=""),
        delete(Exclusion).where(Exclusion.over_at < before, late, ~unanswered),
    ):
        session.execute(old, execution_options={"synchronize_session": False})
