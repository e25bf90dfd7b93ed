"""A vacancy: the filling of one seat, from the opening of its call until somebody takes it or nobody does."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.foundation.days import today
from permille.objectives.models import Objective
from permille.taskforces.models import Mandate, Office

_RUNS = text("ended_at IS NULL")
_LEADS = text("office = 'leader' AND ended_at IS NULL")
_REPRESENTS = text("office = 'representative' AND ended_at IS NULL")


class Step(StrEnum):
    """How far a vacancy has come."""

    CALL = "call"
    CLOSED = "closed"
    CONSULTATION = "consultation"
    NOMINATION = "nomination"
    ENDED = "ended"


class Outcome(StrEnum):
    """How a vacancy ended."""

    FILLED = "filled"
    NOBODY = "nobody"


class Vacancy(Base):
    """One filling of a seat. Applications are taken until 23:59 UTC of `last_day`, unless it is closed before."""

    __tablename__ = "vacancy"
    __table_args__ = (
        Index("one_vacancy_of_leader", "objective_id", unique=True, sqlite_where=_LEADS, postgresql_where=_LEADS),
        Index(
            "one_vacancy_of_region",
            "objective_id",
            "region",
            unique=True,
            sqlite_where=_REPRESENTS,
            postgresql_where=_REPRESENTS,
        ),
        Index("ix_vacancy_objective_id", "objective_id"),
        CheckConstraint("(office = 'leader') = (region IS NULL)", "seat"),
        CheckConstraint("(outcome = '') = (ended_at IS NULL)", "outcome"),
    )  # fmt: skip

    shown_publicly = True

    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    office: Mapped[Office] = mapped_column(String(20))
    region: Mapped[str | None] = mapped_column(String(40))
    last_day: Mapped[date]
    decision_day: Mapped[date | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id", ondelete="SET NULL"), index=True)
    reminded_for: Mapped[date | None]
    """The last day before which everybody concerned was reminded."""
    closed_at: Mapped[datetime | None]
    consultation_at: Mapped[datetime | None]
    nomination_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default="", server_default="")
    is_demonstration: Mapped[bool] = mapped_column(default=False, server_default=false())
    entries: Mapped[int] = mapped_column(default=0)
    seal: Mapped[str] = mapped_column(String(64), default="")

    objective: Mapped[Objective] = relationship()
    renews: Mapped[Mandate | None] = relationship()
    """The mandate it renews: then nobody but its holder can apply."""

    @property
    def closes_at(self) -> datetime:
        """The moment from which nobody can apply any more."""
        return self.closed_at or datetime.combine(self.last_day + timedelta(days=1), time(), UTC)

    @property
    def step(self) -> Step:
        """How far it has come."""
        if self.ended_at is not None:
            return Step.ENDED
        if self.nomination_at is not None:
            return Step.NOMINATION
        if self.consultation_at is not None:
            return Step.CONSULTATION
        return Step.CALL if now() < self.closes_at else Step.CLOSED

    @property
    def at_step_since(self) -> datetime:
        """When its present step began."""
        closed = self.closes_at if self.step == Step.CLOSED else None
        return self.ended_at or self.nomination_at or self.consultation_at or closed or self.created_at

    @property
    def is_late(self) -> bool:
        """Whether the day by which a decision was expected is past."""
        return self.ended_at is None and self.decision_day is not None and self.decision_day < today()

    @property
    def is_open(self) -> bool:
        """Whether people can apply now."""
        return self.step == Step.CALL

    @property
    def is_renewal(self) -> bool:
        """Whether it renews a mandate."""
        return self.renews_id is not None

    @property
    def calls_everybody(self) -> bool:
        """Whether everybody who may stand can apply now."""
        return self.is_open and not self.is_renewal

    def is_open_to(self, person_id: int) -> bool:
        """Whether somebody can apply now: of a renewal, its holder only."""
        return self.is_open and (self.renews is None or self.renews.person_id == person_id)

    def end(self, outcome: Outcome) -> None:
        """End it; the record stays."""
        self.ended_at, self.outcome = now(), outcome
        self.closed_at = self.closed_at or (None if now() >= self.closes_at else now())


class Watch(Base):
    """That somebody wants to be told, once, when the call for a seat opens."""

    __tablename__ = "watch"
    __table_args__ = (
        Index("one_watch_of_person", "objective_id", "seat", "person_id", unique=True),
        Index("one_watch_of_address", "objective_id", "seat", "email", unique=True),
        CheckConstraint("(person_id IS NULL) = (email IS NOT NULL)", "whose"),
    )

    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id"))
    seat: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(8), default="en")
