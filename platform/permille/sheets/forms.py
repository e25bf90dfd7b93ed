"""The forms of lists."""

from wtforms import BooleanField, FileField, HiddenField

from permille.foundation.forms import Form
from permille.foundation.languages import _l


class SheetForm(Form):
    """A file."""

    file = FileField(_l("CSV file"))


class EnterForm(Form):
    """Entering what the check has shown."""

    seen = HiddenField()
    tells = BooleanField(
        _l("Send invitations"),
        description=_l(
            "Everybody entered is told by mail, and whoever has no account yet is invited to take theirs."
        ),
    )
