"""An exclusion: that a member was asked to leave a task force or suspended from it, and what became of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.people.models import Person
from permille.taskforces.models import Membership, Office

_RUNS = text("over_at IS NULL")
LONGEST_REASON = 2000
LONGEST_APPEAL = 4000


class Measure(StrEnum):
    """What is done: the membership ends after a notice, or rests at once for a while."""

    LEAVING = "leaving"
    SUSPENSION = "suspension"


class DecidedAs(StrEnum):
    """In which office somebody decides."""

    LEADER = Office.LEADER.value
    REPRESENTATIVE = Office.REPRESENTATIVE.value
    SECRETARIAT = "secretariat"


class Outcome(StrEnum):
    """How it was over: the membership ended, its time passed, the member left, or the decision is gone."""

    ENDED = "ended"
    PASSED = "passed"
    LEFT = "left"
    TAKEN_BACK = "taken_back"
    GRANTED = "granted"


class Finding(StrEnum):
    """What came out of an appeal."""

    STANDS = "stands"
    LIFTED = "lifted"


class Exclusion(Base):
    """One decision about one membership; `last_day` is the last in the team, or the last of the suspension."""

    __tablename__ = "exclusion"
    __table_args__ = (
        Index("one_exclusion", "membership_id", unique=True, sqlite_where=_RUNS, postgresql_where=_RUNS),
        Index("ix_exclusion_membership_id", "membership_id"),
        CheckConstraint("appeal_decided_by_id <> decided_by_id", "another_person"),
        CheckConstraint("(over_at IS NULL) = (outcome = '')", "over"),
        CheckConstraint("(appeal_decided_at IS NULL) = (finding = '')", "answered"),
        CheckConstraint("appeal_decided_at IS NULL OR appealed_at IS NOT NULL", "appealed_first"),
    )

    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id", ondelete="CASCADE"))
    measure: Mapped[Measure] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    last_day: Mapped[date]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_as: Mapped[DecidedAs] = mapped_column(String(20))
    appealed_at: Mapped[datetime | None]
    appeal: Mapped[str] = mapped_column(String(LONGEST_APPEAL), default="")
    appeal_decided_at: Mapped[datetime | None]
    appeal_decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    finding: Mapped[str] = mapped_column(String(20), default="")
    answer: Mapped[str] = mapped_column(String(LONGEST_APPEAL), default="")
    over_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    taken_back_reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")

    membership: Mapped[Membership] = relationship()
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_running(self) -> bool:
        """Whether it still holds: the notice runs, or the member is suspended."""
        return self.over_at is None

    @property
    def waits(self) -> bool:
        """Whether an appeal waits for its answer."""
        return (
            self.appealed_at is not None
            and self.appeal_decided_at is None
            and self.outcome != Outcome.TAKEN_BACK
        )

    def end(self, outcome: Outcome) -> None:
        """Let it be over."""
        self.over_at, self.outcome = now(), outcome

    def undo(self, outcome: Outcome, *, restores: bool = True) -> None:
        """Let the membership be as it was before, whatever has become of it by this decision.

        One that has ended is opened again if it `restores`: not for somebody who has joined anew meanwhile.
        """
        if self.measure == Measure.SUSPENSION and self.is_running:
            self.membership.suspended_at = None
        elif self.outcome == Outcome.ENDED and restores:
            self.membership.ended_at = None
        self.end(outcome)

    def take_back(self, by: Person, reason: str) -> None:
        """Take it back, with the reason."""
        self.undo(Outcome.TAKEN_BACK)
        self.taken_back_by_id, self.taken_back_reason = by.id, reason

    def appeal_with(self, words: str) -> None:
        """Appeal, once."""
        self.appealed_at, self.appeal = now(), words

    def settle(self, by: Person, finding: Finding, answer: str, *, restores: bool = True) -> None:
        """Answer the appeal; a decision that is lifted is undone."""
        self.appeal_decided_at, self.appeal_decided_by_id = now(), by.id
        self.finding, self.answer = finding, answer
        if finding == Finding.LIFTED:
            self.undo(Outcome.GRANTED, restores=restores)
