"""A list that was read in, and what each of its rows made."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.database import Base
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application


class What(StrEnum):
    """What a list is of."""

    MANDATES = "mandates"
    CANDIDATES = "candidates"


class Sheet(Base):
    """A list. `rows` are the file's, `[line, {column: cell}]`, until they are entered or a day has passed.

    `made` counts the rows that were entered, `undone` those of them that were taken back.
    """

    __tablename__ = "sheet"
    __table_args__ = (CheckConstraint("undone <= made", "undone"),)

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    what: Mapped[What] = mapped_column(String(20))
    name: Mapped[str]
    rows: Mapped[list[Any]] = mapped_column(JSON, default=list)
    is_told: Mapped[bool] = mapped_column(default=False, server_default=false())
    done_at: Mapped[datetime | None]
    made: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    undone: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])


class SheetRow(Base):
    """What a row of a list made: a mandate or an application, and the account of `made_person_id` if there was none."""

    __tablename__ = "sheet_row"
    __table_args__ = (UniqueConstraint("sheet_id", "number"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id", ondelete="CASCADE"))
    number: Mapped[int]
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id", ondelete="SET NULL"), unique=True)
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("application.id", ondelete="SET NULL"), unique=True
    )
    made_person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )

    sheet: Mapped[Sheet] = relationship()
    mandate: Mapped[Mandate | None] = relationship()
    application: Mapped[Application | None] = relationship()
