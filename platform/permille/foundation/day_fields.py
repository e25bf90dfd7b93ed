"""Checks of days that are typed into forms and tables."""

from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from permille.foundation.days import is_sensible, today
from permille.foundation.languages import _


def is_coming(*, after_today: bool = False) -> Any:
    """Refuse a year nobody can mean, and a day that is past; also today, if it must come after."""

    def check(_form: Any, field: Any) -> None:
        if field.data is None:
            return
        if not is_sensible(field.data):
            raise ValidationError(_("Check the year."))
        if field.data < today() or (after_today and field.data == today()):
            raise ValidationError(_("This day is past."))

    return check


def day_in_cell(said: str) -> date:
    """Read a day from the cell of a table. Raises `ValueError` with the reason in the reader's language."""
    try:
        found = date.fromisoformat(said)
    except ValueError as error:
        raise ValueError(_("“%(said)s” is not a date such as 2027-12-31", said=said[:60])) from error
    if not is_sensible(found):
        raise ValueError(_("check the year of “%(said)s”", said=said))
    return found
