"""What people agree to: terms and privacy notice, as a version that is kept with their account."""

from sqlalchemy import select

from permille.foundation.database import Session
from permille.foundation.settings import Passage

CONSENT = "2026-11"
"""The version of terms and privacy notice people agree to; a new text needs a new word here."""


def consent_version(session: Session) -> str:
    """Return which terms somebody agrees to now: those of the release and the passage of the desk (1 statement)."""
    edited = session.scalar(select(Passage.version).where(Passage.name == "terms"))
    return f"{CONSENT}.{edited or 0}"
