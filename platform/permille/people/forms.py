"""The forms of accounts, profiles and organisations."""

import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    URLField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from permille.foundation.forms import Form, at_most, is_address, optional, options, said
from permille.foundation.languages import NAMES, _, _l, language
from permille.regions.countries import choices_in


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else text


def _choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and "." in (parts.hostname or "") and " " not in text


def _digits(text: str | None) -> str | None:
    """Read the decimal digits of every script as 0 to 9, and drop the spaces between them."""
    if not text:
        return text
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text if not letter.isspace())


def name_field(label: str, hint: str, problem: str) -> StringField:
    """Return the field for a name: one line, required, at most 200 characters."""
    return StringField(label, description=hint, filters=[_one_line], validators=[said(problem), at_most(200)])


class Checks(SelectMultipleField):
    """Several choices, drawn as boxes to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class AddressForm(Form):
    """An e-mail address, nothing else."""

    email = EmailField(
        _l("Your e-mail address"), validators=[said(_l("Enter your e-mail address.")), is_address]
    )


class SignInForm(AddressForm):
    """An address and, for those who have one, a password."""

    password = PasswordField(_l("Your password"))


class SignUpForm(AddressForm):
    """An address, and the language to be written to in."""

    language = SelectField(
        _l("Your language"),
        description=_l("Our mails to you will be in this language."),
        choices=options(NAMES.items()),
    )


class CodeForm(Form):
    """The code of a mail."""

    code = StringField(
        _l("The six digits from the mail"),
        filters=[_digits],
        validators=[said(_l("Enter the six digits from the mail."))],
    )


class WelcomeForm(Form):
    """What makes an account: a name, a country, and agreement."""

    name = name_field(
        _l("Your name"), _l("As you would like others to see it, in any script."), _l("Enter your name.")
    )
    country = SelectField(
        _l("Your country"),
        description=_l("It puts you in the right region."),
        validators=[said(_l("Choose your country."))],
    )
    agreed = BooleanField(
        _l("I agree to the terms of use and have read the privacy notice"),
        validators=[said(_l("Tick the box to say that you agree."))],
    )

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.country.choices = options([("", _("Choose a country")), *choices_in(language())])


class NewPasswordForm(Form):
    """A new password, typed once: it can be shown, pasted and kept by a password manager."""

    password = PasswordField(_l("New password"), validators=[said(_l("Enter a new password."))])

    def __init__(self, *args: Any, fewest: int, **known: Any) -> None:
        super().__init__(*args, **known)
        self.password.description = _(
            "At least %(n)s characters, of any kind. Several words in a row are easy to remember.", n=fewest
        )


class ChangePasswordForm(NewPasswordForm):
    """A new password, and the present one of those who have one."""

    present = PasswordField(_l("Present password"))


class ChangeAddressForm(AddressForm):
    """A new address, and the password of those who have one."""

    email = EmailField(
        _l("New e-mail address"),
        description=_l("We send a link there. Until you follow it, nothing changes."),
        validators=[said(_l("Enter your e-mail address.")), is_address],
    )
    present = PasswordField(_l("Your password"))


class OrganisationForm(Form):
    """One of the organisations found, or none."""

    organisation = RadioField(
        _l("Which one is yours?"), validators=[said(_l("Choose your organisation."))], validate_choice=False
    )


class ProposalForm(Form):
    """An organisation nobody has named before."""

    name = name_field(
        _l("Name of the organisation"),
        _l("The full name, in any script."),
        _l("Enter the name of the organisation."),
    )
    country = SelectField(_l("Country of its head office"), validators=[said(_l("Choose a country."))])
    website = URLField(_l("Website"), validators=[optional(), at_most(200)])
    is_another = BooleanField(_l("Mine is another organisation"))

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.country.choices = options([("", _("Choose a country")), *choices_in(language())])

    def validate_website(self, field: Any) -> None:
        """Refuse what is not a web address."""
        if not _is_web_address(field.data):
            raise ValidationError(_("Enter a web address that starts with https://"))
