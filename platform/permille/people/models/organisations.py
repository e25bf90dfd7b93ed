"""An organisation and its standing towards the Initiative, dated and kept."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, and_, or_, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.sql import ColumnElement

from permille.foundation.clock import now
from permille.foundation.database import Base

_COUNTED = text("accepted_at IS NOT NULL AND merged_into_id IS NULL")


class OrganisationKind(StrEnum):
    """The seven types of organisations the Initiative distinguishes."""

    STATE = "state"
    INTERNATIONAL = "international"
    DONOR = "donor"
    PRODUCERS = "producers"
    RESEARCH = "research"
    CIVIL_SOCIETY = "civil_society"
    COMPANY = "company"


class StandingState(StrEnum):
    """Where an organisation stands, from a mere claim to a validated partner or member."""

    CLAIMED = "claimed"
    EVIDENCE = "evidence"
    PARTNER = "partner"
    MEMBER = "member"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


VALID = (StandingState.PARTNER, StandingState.MEMBER)
UNDECIDED = (StandingState.CLAIMED, StandingState.EVIDENCE)


def fits(kind: OrganisationKind | str | None, state: StandingState | str) -> bool:
    """Whether an organisation of this kind may stand so: members are non-commercial, never companies."""
    return not (kind == OrganisationKind.COMPANY and state == StandingState.MEMBER)


class Organisation(Base):
    """An organisation people belong to. Its current standing is repeated here from its last `Standing`."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_counted", "country", sqlite_where=_COUNTED, postgresql_where=_COUNTED),
        CheckConstraint("length(country) = 2", "country_code"),
    )

    shown_publicly = True

    name: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    kind: Mapped[OrganisationKind | None] = mapped_column(String(20))
    country: Mapped[str] = mapped_column(String(2))
    website: Mapped[str] = mapped_column(default="")
    state: Mapped[StandingState] = mapped_column(String(20), default=StandingState.CLAIMED)
    state_until: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    accepted_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    version: Mapped[int] = mapped_column(default=1)
    is_demonstration: Mapped[bool] = mapped_column(default=False)

    standings: Mapped[list["Standing"]] = relationship(
        back_populates="organisation", order_by="Standing.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_valid(self) -> bool:
        """Whether the organisation is a partner or member now."""
        return self.state in VALID and (self.state_until is None or self.state_until > now())

    @property
    def has_lapsed(self) -> bool:
        """Whether the organisation was a partner or member up to a day that is past."""
        return self.state in VALID and not self.is_valid

    @property
    def is_proposal(self) -> bool:
        """Whether somebody proposed it and the Secretariat has not decided."""
        return self.accepted_at is None and self.state in UNDECIDED and self.merged_into_id is None

    @classmethod
    def proposal(cls) -> ColumnElement[bool]:
        """Ask the same as `is_proposal` as a condition of a query."""
        return and_(cls.accepted_at.is_(None), cls.state.in_(UNDECIDED), cls.merged_into_id.is_(None))

    @classmethod
    def shown(cls) -> ColumnElement[bool]:
        """Ask whether everyone may find it: accepted, and not merged into another."""
        return and_(cls.accepted_at.is_not(None), cls.merged_into_id.is_(None))

    @classmethod
    def valid(cls) -> ColumnElement[bool]:
        """Ask the same as `is_valid` as a condition of a query."""
        return and_(cls.state.in_(VALID), or_(cls.state_until.is_(None), cls.state_until > now()))

    def stand(
        self,
        state: StandingState,
        decided_by: Base | None,
        *,
        evidence: str = "",
        until: datetime | None = None,
        since: date | None = None,
    ) -> "Standing":
        """Record a new standing and make it the current one; `since` is the day it was decided, if known."""
        standing = Standing(
            state=state,
            evidence=evidence,
            until=until,
            since=since,
            decided_by_id=decided_by.id if decided_by is not None else None,
        )
        self.standings.append(standing)
        self.state, self.state_until = state, until
        if state in VALID and self.accepted_at is None:
            self.accepted_at = now()
        return standing

    @property
    def last_standing(self) -> "Standing | None":
        """The step that was recorded last."""
        return self.standings[-1] if self.standings else None


class Standing(Base):
    """One step of an organisation's standing: appended, never edited."""

    __tablename__ = "standing"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[StandingState] = mapped_column(String(20))
    evidence: Mapped[str] = mapped_column(String(2000), default="")
    until: Mapped[datetime | None]
    since: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    organisation: Mapped[Organisation] = relationship(back_populates="standings")
