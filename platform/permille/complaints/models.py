"""A complaint against a nomination, and its answer."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.nominations.models import Nomination
from permille.people.models import Person

LONGEST_WORDS = 3000


class Finding(StrEnum):
    """What came out of a complaint."""

    STANDS = "stands"
    UPHELD = "upheld"


class Complaint(Base):
    """One person's complaint against one nomination; answered once."""

    __tablename__ = "complaint"
    __table_args__ = (
        UniqueConstraint("nomination_id", "person_id"),
        CheckConstraint("(answered_at IS NULL) = (finding = '')", "answered"),
    )

    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS))
    language: Mapped[str] = mapped_column(String(8))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    """Who was named to read it from outside the Secretariat, where everybody there had a part in the decision."""
    reader_named_at: Mapped[datetime | None]
    finding: Mapped[str] = mapped_column(String(20), default="")
    answer: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")

    nomination: Mapped[Nomination] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    reader: Mapped[Person | None] = relationship(foreign_keys=[reader_id])

    def entrust(self, reader: Person) -> None:
        """Let somebody read it who is not of the Secretariat."""
        self.reader, self.reader_id, self.reader_named_at = reader, reader.id, now()

    def settle(self, by: Person, finding: Finding, answer: str) -> None:
        """Answer it."""
        self.answered_at, self.answered_by_id, self.finding, self.answer = now(), by.id, finding, answer
