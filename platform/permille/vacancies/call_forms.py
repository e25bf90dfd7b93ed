"""The forms with which calls are opened, extended and given up."""

from typing import Any

from wtforms import BooleanField, DateField
from wtforms.validators import Optional, ValidationError

from permille.foundation.day_fields import is_coming
from permille.foundation.days import is_sensible
from permille.foundation.forms import Form, said
from permille.foundation.languages import _, _l
from permille.people.fields import reason_field


class CallForm(Form):
    """Until when a call takes applications, and when a decision is expected."""

    last_day = DateField(
        _l("Last day to apply"),
        description=_l("Applications are taken until 23:59 UTC of this day."),
        validators=[said(_l("Enter the last day.")), is_coming()],
    )
    decision_day = DateField(
        _l("Decision expected by"),
        description=_l("Shown to candidates. You can change it later."),
        validators=[Optional()],
    )
    keeps_acting = BooleanField(
        _l("Also for seats that are held"),
        description=_l("Their holders stay in office until somebody is found, and are told."),
    )

    def validate_decision_day(self, field: Any) -> None:
        """Refuse a decision before everybody could apply."""
        if field.data is not None and not is_sensible(field.data):
            raise ValidationError(_("Check the year."))
        if field.data is not None and self.last_day.data is not None and field.data <= self.last_day.data:
            raise ValidationError(_("The decision comes after the last day to apply."))


class GiveUpForm(Form):
    """Why nobody was found for a seat."""

    reason = reason_field(
        _l(
            "For the record of this vacancy, and for its candidates, who read it. Say in plain words why nobody was found."
        )
    )
