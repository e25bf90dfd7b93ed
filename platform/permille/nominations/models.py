"""A nomination: somebody proposed for a seat, until they hold it or it comes to nothing."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application, Vacancy

_LIVES = text("withdrawn_at IS NULL AND declined_at IS NULL")
LONGEST_REASON = 2000


class Rule(StrEnum):
    """What must hold before somebody is nominated."""

    AFFILIATION = "affiliation"
    STANDING = "standing"
    INFORMATION = "information"
    CONSULTATION = "consultation"


class State(StrEnum):
    """How far a nomination has come."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Nomination(Base):
    """A candidate proposed for a seat. A rule that fails is overridden only with a reason, of both who decide."""

    __tablename__ = "nomination"
    __table_args__ = (
        Index("one_nomination", "vacancy_id", unique=True, sqlite_where=_LIVES, postgresql_where=_LIVES),
        Index("ix_nomination_vacancy_id", "vacancy_id"),
        CheckConstraint("proposed_by_id <> confirmed_by_id", "two_people"),
        CheckConstraint("accepted_at IS NULL OR confirmed_at IS NOT NULL", "confirmed_first"),
        CheckConstraint("accepted_at IS NULL OR (declined_at IS NULL AND withdrawn_at IS NULL)", "one_end"),
        CheckConstraint("failing = '' OR override <> ''", "overridden"),
        CheckConstraint("confirmed_failing = '' OR confirmed_override <> ''", "overridden_twice"),
    )

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    failing: Mapped[str] = mapped_column(default="")
    override: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    ends_on: Mapped[date]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    confirmed_at: Mapped[datetime | None]
    confirmed_failing: Mapped[str] = mapped_column(default="")
    confirmed_override: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id", ondelete="SET NULL"), unique=True)

    vacancy: Mapped[Vacancy] = relationship()
    application: Mapped[Application] = relationship()
    mandate: Mapped[Mandate | None] = relationship()
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=[confirmed_by_id])
    refusals: Mapped[list["Refusal"]] = relationship(order_by="Refusal.application_id")

    @property
    def state(self) -> State:
        """How far it has come."""
        for state, moment in (
            (State.WITHDRAWN, self.withdrawn_at),
            (State.DECLINED, self.declined_at),
            (State.ACCEPTED, self.accepted_at),
            (State.OFFERED, self.confirmed_at),
        ):
            if moment is not None:
                return state
        return State.PROPOSED

    @property
    def is_live(self) -> bool:
        """Whether it can still lead to an office."""
        return self.state in (State.PROPOSED, State.OFFERED)

    @property
    def failing_rules(self) -> list[Rule]:
        """The rules that failed when it was proposed."""
        return [Rule(one) for one in self.failing.split()]

    @property
    def overridden(self) -> set[Rule]:
        """The rules that both who decided have overridden."""
        return {Rule(one) for one in self.failing.split()} & {
            Rule(one) for one in self.confirmed_failing.split()
        }

    def end(self, state: State, reason: str) -> None:
        """Let it come to nothing: declined or withdrawn."""
        self.end_reason = reason
        if state == State.DECLINED:
            self.declined_at = now()
        else:
            self.withdrawn_at = now()


class Refusal(Base):
    """Why another candidate is not nominated; they are told once the one proposed has accepted."""

    __tablename__ = "refusal"
    __table_args__ = (UniqueConstraint("nomination_id", "application_id"),)

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    told_at: Mapped[datetime | None]
