"""Forgetting what was written when an office was handed over or ended, as the privacy page says. The worker asks for it."""

from datetime import timedelta

from sqlalchemy import or_, update

from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.taskforces.models import Mandate


def forget_handovers(session: Session, days: int) -> None:
    """Drop the handover note of offices that ended `days` ago, and why they ended (1 statement).

    That somebody held the office, and from when to when, stays.
    """
    over = Mandate.ended_at < now() - timedelta(days=days)
    old = update(Mandate).where(over, or_(Mandate.handover != "", Mandate.end_reason != ""))
    session.execute(old.values(handover="", end_reason=""), execution_options={"synchronize_session": False})
