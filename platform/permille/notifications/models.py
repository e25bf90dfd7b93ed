"""Something that happened and concerns one person."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base


class Told:
    """Whoever can be told something (mixed into the model of a person): how much of it is unread.

    Counted on the row that every request of theirs reads anyway, so that it costs no statement.
    """

    id: Mapped[int]
    email: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    zone: Mapped[str]

    unread: Mapped[int] = mapped_column(default=0, server_default="0")


class Notification(Base):
    """One thing told to one person. The sentence is made when it is read, in the reader's language."""

    __tablename__ = "notification"
    __table_args__ = (Index("ix_notification_person_id_id", "person_id", "id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    page: Mapped[str] = mapped_column(String(80))
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    read_at: Mapped[datetime | None]
