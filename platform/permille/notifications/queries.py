"""Finding what was told to a person."""

from sqlalchemy import select
from sqlalchemy.orm import raiseload

from permille.foundation.database import Session
from permille.notifications.models import Notification

PAGE = 30


def told_to(session: Session, person_id: int, before: int = 0) -> list[Notification]:
    """List what a person was told, newest first, one more than a page holds (1 statement)."""
    query = select(Notification).where(Notification.person_id == person_id).options(raiseload("*"))
    if before:
        query = query.where(Notification.id < before)
    return list(session.scalars(query.order_by(Notification.id.desc()).limit(PAGE + 1)))
