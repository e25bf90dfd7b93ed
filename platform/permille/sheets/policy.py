"""Who may do what with lists."""

from permille.people.models import Person
from permille.people.policy import may_use_desk
from permille.sheets.models import Sheet


def may_use_sheets(person: Person | None) -> bool:
    """Reading lists in and taking them along is the work of the Secretariat."""
    return may_use_desk(person)


def may_enter(person: Person | None, sheet: Sheet) -> bool:
    """Whoever brought a list enters it, once: nobody else has looked at its file."""
    return person is not None and may_use_desk(person) and sheet.person_id == person.id and not sheet.done_at


def may_undo(person: Person | None, sheet: Sheet) -> bool:
    """Anybody of the Secretariat takes a list back that was entered."""
    return may_use_desk(person) and sheet.done_at is not None
