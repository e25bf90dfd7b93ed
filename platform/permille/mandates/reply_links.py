"""The link by which a holder answers somebody whose address they do not have: sealed, so that it tells nothing.

Nothing is kept for it: the link itself says to whom it leads, and since when.
"""

from datetime import datetime, timedelta

from permille.foundation.clock import now
from permille.foundation.sealing import Unreadable, seal, unseal

KIND = "answer"
LIFE = timedelta(days=30)


def reply_token(mandate_id: int, sender_id: int) -> str:
    """Return what the link carries: the office written to and who wrote."""
    return seal(f"{KIND} {mandate_id} {sender_id} {now().isoformat()}")


def read_token(token: str) -> tuple[int, int] | None:
    """Return the ids of office and sender; none if it was not made here, or more than 30 days ago."""
    try:
        kind, mandate_id, sender_id, since = unseal(token).split(" ")
        is_over = now() - datetime.fromisoformat(since) > LIFE
    except (Unreadable, UnicodeError, ValueError):
        return None
    return (int(mandate_id), int(sender_id)) if kind == KIND and not is_over else None
