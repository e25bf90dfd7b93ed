"""Settings and passages the Secretariat changes on the desk: no deployment needed."""

from typing import Any

from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base, Session
from permille.foundation.multilingual import Multilingual, MultilingualText


class Setting(Base):
    """One value by name."""

    __tablename__ = "setting"

    shown_publicly = True

    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[Any] = mapped_column(JSON)


class Passage(Base):
    """A public text the Secretariat is answerable for, such as the terms; versioned by its revisions."""

    __tablename__ = "passage"

    shown_publicly = True

    name: Mapped[str] = mapped_column(unique=True)
    text: Mapped[Multilingual] = mapped_column(MultilingualText, default=Multilingual)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


def passage(session: Session, name: str) -> Multilingual:
    """Return a passage, empty until it is written (1 statement)."""
    return session.scalar(select(Passage.text).where(Passage.name == name)) or Multilingual()
