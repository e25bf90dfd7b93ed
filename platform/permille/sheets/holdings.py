"""What this package holds about a person: the lists they brought and took back, and that a list made their account."""

from typing import Any

from sqlalchemy import delete, or_, select

from permille.foundation.database import Session
from permille.foundation.erasure import date_of, holds
from permille.people.models import Person
from permille.sheets.models import Sheet, SheetRow


def declare() -> None:
    """Declare what is held about a person."""
    holds("lists", _tell_sheets, _erase_sheets, "sheet.person_id", "sheet.undone_by_id")
    holds("account made from a list", _tell_origin, _keep, "sheet_row.made_person_id")


def _tell_sheets(session: Session, person: Person) -> list[dict[str, Any]]:
    theirs = or_(Sheet.person_id == person.id, Sheet.undone_by_id == person.id)
    return [
        {
            "file": one.name,
            "of": one.what,
            "brought": date_of(one.created_at) if one.person_id == person.id else None,
            "rows": one.rows if one.person_id == person.id else [],
            "entered": date_of(one.done_at),
            "taken back": date_of(one.undone_at),
        }
        for one in session.scalars(select(Sheet).where(theirs).order_by(Sheet.id))
    ]


def _erase_sheets(session: Session, person: Person) -> None:
    # What was entered stays, as entered by nobody any more; a file that waits goes.
    session.execute(delete(Sheet).where(Sheet.person_id == person.id, Sheet.done_at.is_(None)))


def _tell_origin(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Sheet.done_at).join(SheetRow, SheetRow.sheet_id == Sheet.id)
    rows = session.scalars(query.where(SheetRow.made_person_id == person.id))
    return [{"made": date_of(when)} for when in rows]


def _keep(_session: Session, _person: Person) -> None:
    """Keep what was done for others; the database takes the reference away with the account."""
