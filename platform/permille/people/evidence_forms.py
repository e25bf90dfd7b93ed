"""What shows that somebody belongs to an organisation, and what the Secretariat asks for, as forms."""

from typing import Any

from wtforms import BooleanField, FileField, TextAreaField
from wtforms.validators import ValidationError

from permille.foundation.forms import Form, at_most, optional, said
from permille.foundation.languages import _, _l
from permille.people.models.evidence import LONGEST_FUNCTION


class EvidenceForm(Form):
    """Words and a file; both need not be there."""

    function = TextAreaField(
        _l("How do you belong to it?"),
        description=_l("What you do there, since when, and who can be asked."),
        validators=[optional(), at_most(LONGEST_FUNCTION)],
    )
    file = FileField(
        _l("Add a file"),
        description=_l(
            "A letter of your organisation, a staff card, a page of a report. PDF, office files or pictures, up to 10 MB."
        ),
    )
    standing = BooleanField(
        _l("It also shows that the organisation is a partner or member"),
        description=_l("For example the signed declaration, or the letter that accepted it."),
    )

    def __init__(self, *args: Any, has_files: bool = False, **known: Any) -> None:
        super().__init__(*args, **known)
        self.has_files = has_files

    def validate_standing(self, field: Any) -> None:
        """Refuse a tick that nothing goes with."""
        sent = getattr(self.file.data, "filename", "")
        if field.data and not (self.function.data or sent or self.has_files):
            raise ValidationError(_("Add a file or a few words that show it."))


class QuestionForm(Form):
    """What the Secretariat would like to be shown before it decides about a claim."""

    question = TextAreaField(
        _l("What should they show?"),
        description=_l("The person reads this. The claim stays as it is meanwhile."),
        validators=[said(_l("Say what they should show.")), at_most(1000)],
    )
