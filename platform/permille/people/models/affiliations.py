"""That a person belongs to an organisation: claimed by the person, confirmed by somebody else, ended."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
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

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]

    person: Mapped["Person"] = relationship(back_populates="affiliations", foreign_keys=[person_id])
    organisation: Mapped[Organisation] = relationship()

    def confirm(self, by: "Person") -> None:
        """Record who confirmed it; only then is it shown to others."""
        self.confirmed_at, self.confirmed_by_id = now(), by.id

    def end(self) -> None:
        """End it; the record stays."""
        self.ended_at = now()
