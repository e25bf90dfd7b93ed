"""The forms of accounts, profiles and organisations."""

import unicodedata
from typing import Any

from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    widgets,
)

from permille.foundation.forms import CodeField, Form, at_most, one_line, options, said
from permille.foundation.languages import NAMES, _, _l
from permille.people.fields import address_field, agreement_field, country_field, name_field, website_field
from permille.people.models.passkeys import LONGEST_NAME

LONGEST_ANSWER = 20_000
"""Characters of what a browser answers; a key with a certificate has some thousands."""


def _digits(text: str | None) -> str | None:
    """Read the decimal digits of every script as 0 to 9, and drop the spaces between them."""
    if not text:
        return text
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text if not letter.isspace())


class Checks(SelectMultipleField):
    """Several choices, drawn as boxes to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class AddressForm(Form):
    """An e-mail address, nothing else."""

    email = address_field(_l("Your e-mail address"), _l("Enter your e-mail address."))


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

    code = CodeField(
        _l("The six digits from the mail"),
        filters=[_digits],
        validators=[said(_l("Enter the six digits from the mail."))],
    )


def _factor_code(hint: str) -> CodeField:
    checks = [said(_l("Enter the code.")), at_most(40)]
    return CodeField(_l("Code"), description=hint, filters=[_digits], validators=checks)


class FactorForm(Form):
    """A code of an authenticator app, or one that stands in for it."""

    code = _factor_code(_l("The six digits your app shows now, or one of your recovery codes."))


class FirstCodeForm(Form):
    """The first code of an app that is being set up: nothing stands in for it yet."""

    code = _factor_code(_l("The six digits your app shows now."))


class RecoveryForm(Form):
    """A code that stands in for a passkey, of somebody who has no app."""

    code = _factor_code(_l("One of your recovery codes."))


class ShownForm(Form):
    """What a browser answers when a passkey is shown or made; its script fills it in."""

    credential = CodeField(widget=widgets.HiddenInput(), validators=[at_most(LONGEST_ANSWER)])


class PasskeyForm(ShownForm):
    """A new passkey, and what its owner calls it."""

    name = StringField(
        _l("Name of the passkey"),
        description=_l("So that you know it in the list, for example: My phone."),
        filters=[one_line],
        validators=[said(_l("Give the passkey a name.")), at_most(LONGEST_NAME)],
    )


class PresentForm(Form):
    """One's present password."""

    present = PasswordField(_l("Your password"), validators=[said(_l("Enter your password."))])


class WelcomeForm(Form):
    """What makes an account: a name, a country, and agreement."""

    name = name_field(
        _l("Your name"), _l("As you would like others to see it, in any script."), _l("Enter your name.")
    )
    country = country_field(
        _l("Your country"), _l("Choose your country."), _l("It puts you in the right region.")
    )
    agreed = agreement_field()


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

    email = address_field(
        _l("New e-mail address"),
        _l("Enter your e-mail address."),
        _l("We send a link there. Until you follow it, nothing changes."),
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
    country = country_field(_l("Country of its head office"), _l("Choose a country."))
    website = website_field()
    is_another = BooleanField(_l("Mine is another organisation"))
