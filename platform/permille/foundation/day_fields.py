"""Checks of days that are typed into forms."""

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
