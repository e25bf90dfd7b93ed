"""Goals, objectives and targets. Every text is multilingual and carries its review status."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.database import Base
from permille.foundation.multilingual import Multilingual, MultilingualText


def _text(**options: Any) -> Any:
    return mapped_column(MultilingualText, default=Multilingual, **options)


class Goal(Base):
    """One of the six goals, A to F."""

    __tablename__ = "goal"

    shown_publicly = True

    code: Mapped[str] = mapped_column(String(1), unique=True)
    title: Mapped[Multilingual] = _text()
    statement: Mapped[Multilingual] = _text()  # as the source words it; pages show the summary, the desk both
    summary: Mapped[Multilingual] = _text()

    objectives: Mapped[list["Objective"]] = relationship(back_populates="goal", order_by="Objective.code")


class Objective(Base):
    """One of the 24 objectives; each has one task force, known by the same code."""

    __tablename__ = "objective"

    shown_publicly = True

    code: Mapped[str] = mapped_column(String(2), unique=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id"), index=True)
    # What kind its target is (a number, a share, a milestone), a second kind, and its facility (core or global):
    # loaded for the pages of progress and funding, which are still to come. Nothing reads them before.
    kind: Mapped[str] = mapped_column(String(20))
    also: Mapped[str | None] = mapped_column(String(20))
    facility: Mapped[str | None] = mapped_column(String(2))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    label: Mapped[Multilingual] = _text()
    title: Mapped[Multilingual] = _text()
    summary: Mapped[Multilingual] = _text()
    official: Mapped[Multilingual] = _text()
    note: Mapped[Multilingual] = _text()
    version: Mapped[int] = mapped_column(default=1)

    goal: Mapped[Goal] = relationship(back_populates="objectives")
    targets: Mapped[list["Target"]] = relationship(
        back_populates="objective", order_by="Target.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def slug(self) -> str:
        """The code as it stands in addresses: `a1`."""
        return self.code.lower()


class Target(Base):
    """A baseline, a target or a dated milestone of an objective."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("objective_id", "key"),)

    shown_publicly = True

    objective_id: Mapped[int] = mapped_column(ForeignKey("objective.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    phase: Mapped[str] = mapped_column(String(10))
    year: Mapped[int]
    due: Mapped[date | None]
    text: Mapped[Multilingual] = _text()

    objective: Mapped[Objective] = relationship(back_populates="targets")
