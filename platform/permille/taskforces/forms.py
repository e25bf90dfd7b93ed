"""The join form and its steps."""

from typing import Any

from wtforms import RadioField, TextAreaField

from permille.foundation.forms import Form, at_most, options, said
from permille.foundation.languages import _l
from permille.people.fields import address_field, agreement_field, country_field, name_field
from permille.taskforces.models import LONGEST_CONTRIBUTION, LONGEST_WELCOME
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


class WelcomeForm(Form):
    """What an officer says to somebody new."""

    words = TextAreaField(
        _l("Your message"),
        description=_l("A friendly beginning, in the language this person reads. Change it as you like."),
        validators=[said(_l("Write a few words.")), at_most(LONGEST_WELCOME)],
    )


class IdentityForm(Form):
    """Who a visitor is: asked last, and only what is needed."""

    email = address_field(
        _l("Your e-mail address"),
        _l("Enter your e-mail address."),
        _l("We send a link there to confirm that it is yours. It is never shown to others."),
    )
    name = name_field(
        _l("Your name"),
        _l("As you would like others in the task force to see it, in any script."),
        _l("Enter your name."),
    )
    organisation = name_field(
        _l("Your organisation"),
        _l("Leave it empty if you take part on your own, for example as a farmer."),
    )
    country = country_field(_l("Your country"), _l("Choose your country."))
    agreed = agreement_field()

    def said(self) -> dict[str, str]:
        """Return what was said, fit to be kept with a draft; whether it is in order is another question."""
        fields = (self.email, self.name, self.organisation, self.country)
        return {field.name: (field.data or "")[:LONGEST_CONTRIBUTION] for field in fields}
