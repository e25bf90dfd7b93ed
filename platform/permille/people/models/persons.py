"""A person with an account."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, and_, event, or_, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql import ColumnElement

from permille.foundation import search
from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.notifications.models import Told
from permille.people.models.affiliations import Affiliation
from permille.people.models.eligibility import Eligibility, eligibility_by

_COUNTED = text("confirmed_at IS NOT NULL")


class Role(StrEnum):
    """What a person is to the whole platform. Offices in task forces are mandates, not roles."""

    PERSON = "person"
    FUNDER = "funder"
    SECRETARY = "secretary"


class Naming(StrEnum):
    """To whom a person is named. Whoever is not named is counted."""

    EVERYONE = "everyone"
    TEAMMATES = "teammates"
    OFFICERS = "officers"


PUBLISHABLE = ("country", "languages", "about")
"""Profile fields a person may publish one by one; name and organisation are public unless unlisted."""


class Person(Told, Base):
    """Somebody with an account. The address is never shown to anyone but its owner and the Secretariat."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("email = lower(email)", "email_lower"),
        Index("ix_person_counted", "country", sqlite_where=_COUNTED, postgresql_where=_COUNTED),
    )

    shown_publicly = True

    email: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    name: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(String(800), default="", server_default="")
    language: Mapped[str] = mapped_column(String(8), default="en")
    zone: Mapped[str] = mapped_column(String(64), default="", server_default="")
    country: Mapped[str | None] = mapped_column(String(2))
    about: Mapped[str] = mapped_column(String(1000), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    published: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_listed: Mapped[bool] = mapped_column(default=True)
    is_named_to_team: Mapped[bool] = mapped_column(default=True, server_default=true())
    password_hash: Mapped[str | None]
    second_factor_at: Mapped[datetime | None]
    role: Mapped[Role] = mapped_column(String(20), default=Role.PERSON)
    consent_version: Mapped[str] = mapped_column(String(20), default="")
    suspended_at: Mapped[datetime | None]
    suspension_reason: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    is_demonstration: Mapped[bool] = mapped_column(default=False)

    affiliations: Mapped[list[Affiliation]] = relationship(
        back_populates="person",
        order_by="Affiliation.id",
        cascade="all, delete-orphan",
        foreign_keys="Affiliation.person_id",
    )

    @property
    def is_secretary(self) -> bool:
        """Whether the person works in the Executive Secretariat."""
        return self.role == Role.SECRETARY

    @property
    def is_confirmed(self) -> bool:
        """Whether the person has shown that the e-mail address is theirs."""
        return self.confirmed_at is not None

    @property
    def is_unclaimed(self) -> bool:
        """Whether it was made from a list and its owner has not come yet: signing up takes it over."""
        has_come = self.confirmed_at is not None or self.consent_version or self.password_hash is not None
        return not has_come and self.suspended_at is None

    @classmethod
    def unclaimed(cls) -> ColumnElement[bool]:
        """Ask the same as `is_unclaimed` as a condition of a query."""
        has_come = or_(
            cls.confirmed_at.is_not(None), cls.consent_version != "", cls.password_hash.is_not(None)
        )
        return and_(~has_come, cls.suspended_at.is_(None))

    @property
    def is_at_desk(self) -> bool:
        """Whether the person may use the desk: of the Secretariat, confirmed and not suspended."""
        return self.is_secretary and self.is_confirmed and self.suspended_at is None

    @classmethod
    def at_desk(cls) -> ColumnElement[bool]:
        """Ask the same as `is_at_desk` as a condition of a query."""
        return and_(cls.role == Role.SECRETARY, cls.confirmed_at.is_not(None), cls.suspended_at.is_(None))

    @property
    def naming(self) -> Naming:
        """To whom the person is named: to everyone, to their task forces, or only to the officers there."""
        if self.is_listed:
            return Naming.EVERYONE
        return Naming.TEAMMATES if self.is_named_to_team else Naming.OFFICERS

    @naming.setter
    def naming(self, wanted: Naming) -> None:
        self.is_listed = wanted == Naming.EVERYONE
        self.is_named_to_team = wanted != Naming.OFFICERS

    @property
    def is_public(self) -> bool:
        """Whether everyone may find the person and read their page."""
        return self.is_listed and self.is_confirmed and self.suspended_at is None

    @classmethod
    def public(cls) -> ColumnElement[bool]:
        """Ask the same as a condition of a query."""
        return and_(cls.is_listed, cls.confirmed_at.is_not(None), cls.suspended_at.is_(None))

    @property
    def affiliation(self) -> Affiliation | None:
        """The affiliation that holds now, confirmed or only claimed."""
        return next((one for one in reversed(self.affiliations) if one.ended_at is None), None)

    @property
    def is_eligible(self) -> bool:
        """Whether the person may stand for an office: confirmed affiliation, valid standing."""
        return self.eligibility is Eligibility.ELIGIBLE

    @property
    def eligibility(self) -> Eligibility:
        """Whether the person may stand for an office, and if not, what is missing."""
        return eligibility_by(self.affiliation)

    def confirm(self) -> None:
        """Record that the address is theirs."""
        self.confirmed_at = self.confirmed_at or now()

    def publishes(self, field: str) -> bool:
        """Whether a profile field is shown to everyone."""
        return field in self.published


def folded(name: str, email: str) -> str:
    """Return name and address as the Secretariat searches them: without case and accents."""
    return search.fold(f"{name} {email}")[:800]


def _fold(_mapper: Any, _connection: Any, person: Person) -> None:
    person.folded = folded(person.name or "", person.email)


event.listen(Person, "before_insert", _fold)
event.listen(Person, "before_update", _fold)
