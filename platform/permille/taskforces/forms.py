"""The join form and its steps."""

from typing import Any

from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TextAreaField

from permille.foundation.forms import Form, at_most, is_address, optional, options, said
from permille.foundation.languages import _, _l, language
from permille.regions.countries import choices_in
from permille.taskforces.models import LONGEST_CONTRIBUTION
from permille.taskforces.words import OFFICES


class JoinForm(Form):
    """Which role, and what somebody would like to contribute."""

    role = RadioField(
        _l("Which role would you like?"),
        choices=options(list(OFFICES.items())),
        validators=[said(_l("Choose the role you would like."))],
        validate_choice=False,
    )
    contribution = TextAreaField(
        _l("What would you like to contribute?"),
        description=_l("One or two sentences. Other members of this task force can read them."),
        validators=[
            said(_l("Tell us, in a sentence or two, what you would like to contribute.")),
            at_most(LONGEST_CONTRIBUTION),
        ],
    )

    def validate_role(self, field: Any) -> None:
        """Refuse a role that does not exist."""
        if field.data not in OFFICES:
            from wtforms.validators import ValidationError

            raise ValidationError(str(_l("Choose the role you would like.")))


class IdentityForm(Form):
    """Who a visitor is: asked last, and only what is needed."""

    email = EmailField(
        _l("Your e-mail address"),
        description=_l("We send a link there to confirm that it is yours. It is never shown to others."),
        validators=[said(_l("Enter your e-mail address.")), is_address],
    )
    name = StringField(
        _l("Your name"),
        description=_l("As you would like others in the task force to see it, in any script."),
        validators=[said(_l("Enter your name.")), at_most(200)],
    )
    organisation = StringField(
        _l("Your organisation"),
        description=_l("Leave it empty if you take part on your own, for example as a farmer."),
        validators=[optional(), at_most(200)],
    )
    country = SelectField(
        _l("Your country"), validators=[said(_l("Choose your country."))], validate_choice=True
    )
    agreed = BooleanField(
        _l("I agree to the terms of use and have read the privacy notice"),
        validators=[said(_l("Tick the box to say that you agree."))],
    )

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.country.choices = options([("", _("Choose a country")), *choices_in(language())])

    def said(self) -> dict[str, str]:
        """Return what was said, fit to be kept with a draft; whether it is in order is another question."""
        fields = (self.email, self.name, self.organisation, self.country)
        return {field.name: (field.data or "")[:LONGEST_CONTRIBUTION] for field in fields}
