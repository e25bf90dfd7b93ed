"""An application: what a candidate writes in answer to the call for information, and the files that show it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.people.models import Person
from permille.vacancies.models.vacancies import Step, Vacancy

_STANDS = text("sent_at IS NOT NULL AND stood_down_at IS NULL")
LONGEST_ANSWER = 3000
LONGEST_NOTE = 1000
MOST_LINKS = 10
LONGEST_DRAFT = 4 * LONGEST_ANSWER
"""A draft keeps what is too long to be sent, too."""


class Source(StrEnum):
    """How an application came that somebody else typed."""

    PHONE = "phone"
    PAPER = "paper"
    MAIL = "mail"
    LIST = "list"
    """A row of a list that the Secretariat read in; nobody typed it into the form."""


class Stage(StrEnum):
    """How far an application has come, as its candidate sees it."""

    DRAFT = "draft"
    SENT = "sent"
    CONSULTATION = "consultation"
    DECISION = "decision"
    STOOD_DOWN = "stood_down"
    ENDED = "ended"


class Application(Base):
    """One person's application for one vacancy. `number` is given when it is sent."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("vacancy_id", "person_id"),
        Index("candidacies", "vacancy_id", "id", sqlite_where=_STANDS, postgresql_where=_STANDS),
        CheckConstraint("(number IS NULL) = (sent_at IS NULL)", "number"),
        CheckConstraint("stood_down_at IS NULL OR sent_at IS NOT NULL", "stood_down"),
    )

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    number: Mapped[str | None] = mapped_column(String(20), unique=True)
    language: Mapped[str] = mapped_column(String(8), default="en")
    why: Mapped[str] = mapped_column(String(LONGEST_DRAFT), default="")
    experience: Mapped[str] = mapped_column(String(LONGEST_DRAFT), default="")
    knowledge: Mapped[str] = mapped_column(String(LONGEST_DRAFT), default="")
    time: Mapped[str] = mapped_column(String(LONGEST_DRAFT), default="")
    endorsement: Mapped[str] = mapped_column(String(LONGEST_DRAFT), default="")
    links: Mapped[str] = mapped_column(String(LONGEST_DRAFT), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    stood_down_at: Mapped[datetime | None]
    typed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    typed_from: Mapped[str | None] = mapped_column(String(20))

    vacancy: Mapped[Vacancy] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    evidence: Mapped[list["Evidence"]] = relationship(order_by="Evidence.id", cascade="all, delete-orphan")

    @property
    def is_candidacy(self) -> bool:
        """Whether its writer is a candidate: it was sent, and they have not stood down."""
        return self.sent_at is not None and self.stood_down_at is None

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.stood_down_at is not None:
            return Stage.STOOD_DOWN
        step = self.vacancy.step
        if step == Step.ENDED:
            return Stage.ENDED
        if self.sent_at is None:
            return Stage.DRAFT
        return {Step.CONSULTATION: Stage.CONSULTATION, Step.NOMINATION: Stage.DECISION}.get(step, Stage.SENT)

    @property
    def web_addresses(self) -> list[str]:
        """The links, one per line as they were typed; nothing else that was typed there can be followed."""
        lines = [line.strip() for line in self.links.splitlines()]
        return [line for line in lines if line.startswith(("https://", "http://"))]


class Evidence(Base):
    """A file that shows what a candidate says. Its bytes are read only when it is downloaded."""

    __tablename__ = "evidence"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
