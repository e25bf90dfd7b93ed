"""That a person belongs to an organisation: claimed by the person, confirmed by somebody else, ended."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.people.models.evidence import LONGEST_FUNCTION, ClaimFile
from permille.people.models.organisations import Organisation

if TYPE_CHECKING:
    from permille.people.models.persons import Person

_HOLDS = text("ended_at IS NULL")


class Affiliation(Base):
    """One affiliation; a person has at most one that has not ended."""

    __tablename__ = "affiliation"
    __table_args__ = (
        Index("one_affiliation", "person_id", unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS),
    )

    shown_publicly = True

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    end_reason: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    function: Mapped[str] = mapped_column(String(LONGEST_FUNCTION), default="", server_default="")
    """How they belong to it, in their own words."""
    shown_at: Mapped[datetime | None]
    """When they last showed something for it."""
    shows_standing: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether what they showed is about the standing of the organisation as well."""
    asked: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    """What the Secretariat asked to be shown."""
    asked_at: Mapped[datetime | None]

    person: Mapped["Person"] = relationship(back_populates="affiliations", foreign_keys=[person_id])
    organisation: Mapped[Organisation] = relationship()
    contacts: Mapped[list["Contact"]] = relationship(
        back_populates="affiliation", order_by="Contact.id", cascade="all, delete-orphan"
    )
    files: Mapped[list[ClaimFile]] = relationship(
        order_by="ClaimFile.id", cascade="all, delete-orphan", passive_deletes=True
    )

    def confirm(self, by: "Person") -> None:
        """Record who confirmed it; only then is it shown to others."""
        self.confirmed_at, self.confirmed_by_id = now(), by.id

    def end(self, by: "Person | None" = None, reason: str = "") -> None:
        """End it, with who else than its owner ended it and why; the record stays."""
        self.ended_at, self.end_reason = now(), reason
        self.ended_by_id = by.id if by is not None else None

    @property
    def waits(self) -> bool:
        """Whether it is a claim nobody has decided."""
        return self.confirmed_at is None and self.ended_at is None

    @property
    def is_asked(self) -> bool:
        """Whether the Secretariat waits for something that shows it."""
        return self.asked_at is not None and (self.shown_at is None or self.shown_at < self.asked_at)

    @property
    def contact(self) -> "Contact | None":
        """Its present naming as a contact of the organisation, if it has one."""
        return next((one for one in self.contacts if one.ended_at is None), None)


class Contact(Base):
    """That somebody confirms for their organisation who belongs to it, as named by the Secretariat.

    It hangs on the affiliation: it counts while that is confirmed, and moves with it in a merge.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index("one_contact", "affiliation_id", unique=True, sqlite_where=_HOLDS, postgresql_where=_HOLDS),
    )

    affiliation_id: Mapped[int] = mapped_column(ForeignKey("affiliation.id", ondelete="CASCADE"))
    named_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]

    affiliation: Mapped[Affiliation] = relationship(back_populates="contacts")
