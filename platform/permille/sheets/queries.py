"""Finding lists, what their rows made, and what has been built on that."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload

from permille.foundation.database import Base, Session, held
from permille.people.models import MailedLink, Person
from permille.sheets.models import Sheet, SheetRow
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application, Vacancy

NEWEST = 100
AT_ONCE = 500


def sheets_entered(session: Session) -> list[Sheet]:
    """List the lists that were entered, the newest first (1 statement)."""
    query = select(Sheet).where(Sheet.done_at.is_not(None)).order_by(Sheet.id.desc()).limit(NEWEST)
    return list(session.scalars(query.options(joinedload(Sheet.person), raiseload("*"))))


def sheet_by_id(session: Session, sheet_id: int, *, to_change: bool = False) -> Sheet | None:
    """Find a list with who entered it and who took it back, held if it is to change (1 statement)."""
    query = select(Sheet).where(Sheet.id == sheet_id)
    query = query.options(joinedload(Sheet.person), joinedload(Sheet.undone_by))
    return session.scalar(held(query, Sheet) if to_change else query)


def rows_of(session: Session, sheet_id: int) -> list[SheetRow]:
    """List the rows of a list whose mandate or application is there, with seats and people (2 statements)."""
    mandate, application = joinedload(SheetRow.mandate), joinedload(SheetRow.application)
    query = select(SheetRow).where(SheetRow.sheet_id == sheet_id).order_by(SheetRow.number)
    query = query.options(
        mandate.joinedload(Mandate.objective),
        mandate.joinedload(Mandate.person),
        application.joinedload(Application.vacancy).joinedload(Vacancy.objective),
        application.joinedload(Application.person),
        application.selectinload(Application.evidence),
        raiseload("*"),
    ).execution_options(populate_existing=True)
    return [one for one in session.scalars(query) if one.mandate is not None or one.application is not None]


def origin_of(session: Session, mandate_id: int) -> Sheet | None:
    """Find the list a mandate was entered from (1 statement)."""
    query = select(Sheet).join(SheetRow, SheetRow.sheet_id == Sheet.id)
    return session.scalar(query.where(SheetRow.mandate_id == mandate_id).options(joinedload(Sheet.person)))


def hold_rows(session: Session, of: Any, ids: Collection[int]) -> None:
    """Hold rows of a table until the transaction ends (1 statement)."""
    session.scalars(held(select(of).where(of.id.in_(ids)).order_by(of.id), of)).all()


def hold_links_of(session: Session, person_ids: Collection[int]) -> None:
    """Hold what was mailed to people, so that nobody takes an account over meanwhile (1 statement)."""
    theirs = select(MailedLink).where(MailedLink.person_id.in_(person_ids)).order_by(MailedLink.id)
    session.scalars(held(theirs, MailedLink).options(raiseload("*"))).all()


def built_on(session: Session, table: str, ids: Collection[int], but: Collection[str]) -> dict[int, set[str]]:
    """Return which columns refer to these rows of a table, by the id of the row.

    `but` names columns, `table.column`, that do not count. It costs a statement for every column that could
    refer to them and every 500 rows; what a later package adds is found as well.
    """
    found: dict[int, set[str]] = {}
    wanted = sorted(ids)
    for other in Base.metadata.tables.values():
        for column in other.columns:
            name = f"{other.name}.{column.name}"
            if name in but or not any(key.column.table.name == table for key in column.foreign_keys):
                continue
            for start in range(0, len(wanted), AT_ONCE):
                some = column.in_(wanted[start : start + AT_ONCE])
                for row_id in session.scalars(select(column).where(some).distinct()):
                    found.setdefault(row_id, set()).add(name)
    return found


def people_of(session: Session, ids: Collection[int]) -> list[Person]:
    """Return accounts by id, held (1 statement)."""
    return list(session.scalars(held(select(Person).where(Person.id.in_(ids)).order_by(Person.id), Person)))
