"""Membership of a task force, and the offices in it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    and_,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.objectives.models import Objective
from permille.people.models import Person

_HOLDS = text("ended_at IS NULL")
_LEADS = text("office = 'leader' AND ended_at IS NULL")
_REPRESENTS = text("office = 'representative' AND ended_at IS NULL")


LONGEST_CONTRIBUTION = 1000
LONGEST_WELCOME = 2000
LONGEST_HANDOVER = 5000
LONGEST_DRAFT = 4 * LONGEST_CONTRIBUTION
"""A draft keeps what is too long to be sent, too."""


class Office(StrEnum):
    """The two offices of a task force."""

    LEADER = "leader"
    REPRESENTATIVE = "representative"


class Membership(Base):
    """That a person belongs to a task force as a Team Member, from joining until leaving.

    While it is suspended the person counts for nothing in the team, and may still leave.
    """

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "one_membership",
            "objective_id",
            "person_id",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        Index("ix_membership_person", "person_id"),
    )

    shown_publicly = True

    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    region: Mapped[str | None] = mapped_column(String(40))
    contribution: Mapped[str] = mapped_column(String(LONGEST_CONTRIBUTION), default="")
    suspended_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    objective: Mapped[Objective] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def is_active(self) -> bool:
        """Whether the person is of the team now: neither gone nor suspended."""
        return self.ended_at is None and self.suspended_at is None

    @classmethod
    def active(cls) -> ColumnElement[bool]:
        """Ask the same as a condition of a query."""
        return and_(cls.ended_at.is_(None), cls.suspended_at.is_(None))

    def end(self) -> None:
        """Leave; the record stays, what was written about oneself goes."""
        self.ended_at, self.contribution = now(), ""


class Welcome(Base):
    """That an officer has welcomed a new member: once per membership."""

    __tablename__ = "welcome"

    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id", ondelete="CASCADE"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class Mandate(Base):
    """An office held by a person in a task force, until it ends. It stays as a former member's when they are gone.

    `ends_on` is the last day of its term, if it has one; `organisation_id` is whom its holder belonged to when it
    began, or when they last said that they go on.
    """

    __tablename__ = "mandate"
    __table_args__ = (
        Index("one_leader", "objective_id", unique=True, sqlite_where=_LEADS, postgresql_where=_LEADS),
        Index(
            "one_representative",
            "objective_id",
            "region",
            unique=True,
            sqlite_where=_REPRESENTS,
            postgresql_where=_REPRESENTS,
        ),
        Index(
            "one_office",
            "objective_id",
            "person_id",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
        Index("ix_mandate_person", "person_id"),
        CheckConstraint("(office = 'leader') = (region IS NULL)", "seat"),
        CheckConstraint("person_id IS NOT NULL OR ended_at IS NOT NULL", "holder"),
    )

    shown_publicly = True

    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    office: Mapped[Office] = mapped_column(String(20))
    region: Mapped[str | None] = mapped_column(String(40))
    is_acting: Mapped[bool] = mapped_column(default=False, server_default=false())
    begins_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="SET NULL"), index=True
    )
    asked_at: Mapped[datetime | None]
    """When its holder was asked whether they go on with another organisation; none once they have said so."""
    handover: Mapped[str] = mapped_column(String(LONGEST_HANDOVER), default="", server_default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    end_reason: Mapped[str] = mapped_column(String(1000), default="", server_default="")

    objective: Mapped[Objective] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])

    def end(self, by: Person | None = None, reason: str = "") -> None:
        """Free the seat, with who ended it and why; the record stays."""
        self.ended_at, self.end_reason = now(), reason
        self.ended_by_id = by.id if by is not None else None


class JoinDraft(Base):
    """What somebody has typed on a join form and not sent: of a person, or of a visitor's browser."""

    __tablename__ = "join_draft"
    __table_args__ = (
        Index("one_draft", "objective_id", "person_id", unique=True),
        CheckConstraint("person_id IS NOT NULL OR visitor IS NOT NULL", "owner"),
    )

    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    visitor: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    role: Mapped[str] = mapped_column(String(20), default="", server_default="")
    contribution: Mapped[str] = mapped_column(String(LONGEST_DRAFT), default="")
    identity: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    changed_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def is_ready(self) -> bool:
        """Whether the first step is done: the role of a member, and a contribution of the right length."""
        return self.role == "member" and 0 < len(self.contribution) <= LONGEST_CONTRIBUTION

    @property
    def is_signed(self) -> bool:
        """Whether a visitor has said who they are and agreed to the terms."""
        return "consent" in self.identity
