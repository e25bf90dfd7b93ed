"""The audit log: who did what to what, written in the transaction of the change, never edited."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base, Session


class AuditEntry(Base):
    """One act. `actor_id` points at a person but survives them: the log keeps numbers, not names."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_object", "object_kind", "object_id"),)

    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    action: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def record(session: Session, actor: Any, action: str, subject: Any = None, **details: Any) -> AuditEntry:
    """Add an entry: `record(db.session, person, "standing.confirmed", organisation, kind="partner")`.

    `details` must be plain and free of private text: codes, dates, numbers.
    """
    if subject is not None and subject.id is None:
        session.flush()
    entry = AuditEntry(
        actor_id=actor.id if actor is not None else None,
        action=action,
        object_kind=subject.__tablename__ if subject is not None else "",
        object_id=subject.id if subject is not None else None,
        details=details,
    )
    session.add(entry)
    return entry
