"""A consultation about the candidates for a seat: its panel, who is asked, and what they answer."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.foundation.days import end_of
from permille.foundation.multilingual import Multilingual, MultilingualText
from permille.people.models import Person
from permille.vacancies.models import Application, Vacancy

LONGEST_QUESTION = 1000
LONGEST_WORDS = 3000
LONGEST_NOTE = 500


class Group(StrEnum):
    """As what somebody is asked."""

    TEAM = "team"
    PARTNERS = "partners"
    BODY = "body"


class Relation(StrEnum):
    """What a consultee is to a candidate."""

    NONE = "none"
    COLLEAGUE = "colleague"
    ORGANISATION = "organisation"
    FAMILY = "family"
    INTEREST = "interest"


class Support(StrEnum):
    """What a consultee thinks of a candidate for the seat."""

    YES = "yes"
    RESERVED = "reserved"
    NO = "no"
    CANNOT_SAY = "cannot_say"


class Body(Base):
    """A body of the Initiative that consultations ask. A retired one stays for the record, and is asked no more."""

    __tablename__ = "body"
    __table_args__ = (
        Index(
            "bodies_asked", "email", unique=True,
            sqlite_where=text("retired_at IS NULL"), postgresql_where=text("retired_at IS NULL"),
        ),
        CheckConstraint("email IS NOT NULL OR retired_at IS NOT NULL", "reached"),
    )  # fmt: skip

    name: Mapped[Multilingual] = mapped_column(MultilingualText)
    # A body is no person, but its address may be somebody's: it goes with their account (see `holdings`).
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(8))
    retired_at: Mapped[datetime | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False, server_default=false())


class Consultation(Base):
    """The one consultation of a vacancy: prepared first, begun when the first invitations are sent."""

    __tablename__ = "consultation"

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"), unique=True)
    question: Mapped[Multilingual] = mapped_column(MultilingualText)
    last_day: Mapped[date]
    reminded_for: Mapped[date | None]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    vacancy: Mapped[Vacancy] = relationship()

    @property
    def is_over(self) -> bool:
        """Whether an answer that comes now is late."""
        return now() > end_of(self.last_day)


class PanelMember(Base):
    """Somebody of the Secretariat who weighs the answers. They first say whether they have a relation to a candidate."""

    __tablename__ = "panel_member"
    __table_args__ = (UniqueConstraint("vacancy_id", "person_id"),)

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    declared_at: Mapped[datetime | None]
    is_related: Mapped[bool] = mapped_column(default=False, server_default=false())

    person: Mapped[Person] = relationship()

    @property
    def may_weigh(self) -> bool:
        """Whether they have said that they have no relation to any candidate."""
        return self.declared_at is not None and not self.is_related


class Consultee(Base):
    """Somebody who is asked: by their account, or by an address that gets a link."""

    __tablename__ = "consultee"
    __table_args__ = (
        UniqueConstraint("consultation_id", "person_id"),
        UniqueConstraint("consultation_id", "email"),
    )

    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    email: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="")
    asked_as: Mapped[Group] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(8))
    invited_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    job_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id", ondelete="SET NULL"))

    consultation: Mapped[Consultation] = relationship()
    person: Mapped[Person | None] = relationship()

    @property
    def reads(self) -> str:
        """The language they are written to in: that of their account, else the one that was said of them."""
        return self.person.language if self.person is not None else self.language

    @property
    def is_waited_for(self) -> bool:
        """Whether they were asked and have not answered."""
        return self.invited_at is not None and self.answered_at is None


class Answer(Base):
    """What a consultee answered, once and for the panel only. Its words are empty once they had to be erased."""

    __tablename__ = "answer"

    consultee_id: Mapped[int] = mapped_column(ForeignKey("consultee.id"), unique=True)
    language: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    is_late: Mapped[bool]
    salt: Mapped[str] = mapped_column(String(32))
    erased_at: Mapped[datetime | None]

    consultee: Mapped[Consultee] = relationship()
    opinions: Mapped[list["Opinion"]] = relationship(order_by="Opinion.application_id")


class Opinion(Base):
    """What an answer says of one candidate, with the declared relation to them."""

    __tablename__ = "opinion"
    __table_args__ = (
        UniqueConstraint("answer_id", "application_id"),
        CheckConstraint("relation <> ''", "declared"),
    )

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    relation: Mapped[Relation] = mapped_column(String(20))
    relation_note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    support: Mapped[Support] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")

    application: Mapped[Application] = relationship()
