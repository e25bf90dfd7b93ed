"""The audit log: who did what to what, written in the transaction of the change, never edited.

The database refuses to change or drop an entry (migration 0006), and each entry is sealed with a digest
over itself and the one before, so that what was changed behind the database's back is found.
"""

import secrets
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base, Session

UNSEALED = "unsealed"


class AuditEntry(Base):
    """One act. `actor_id` points at a person but survives them: the log keeps numbers, not names."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_object", "object_kind", "object_id"),)

    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    action: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    salt: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_hex(16))
    actor_seal: Mapped[str | None] = mapped_column(String(64))
    before: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str | None] = mapped_column(String(64), unique=True)


class AuditHead(Base):
    """Where the chain begins and ends: one row, held by whoever adds to it or takes the oldest away."""

    __tablename__ = "audit_head"

    beginning: Mapped[str] = mapped_column(String(64), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")


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
    session.info.setdefault(UNSEALED, []).append(entry)
    return entry
