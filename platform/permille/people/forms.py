"""The forms of accounts, profiles and organisations."""

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
    TextAreaField,
    URLField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from permille.foundation.forms import Form, at_most, is_address, optional, options, said
from permille.foundation.languages import NAMES, _, _l, language
from permille.people.models.persons import PUBLISHABLE
from permille.regions.countries import choices_in

LONGEST_ABOUT = 1000


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


def _name(label: str, hint: str, problem: str) -> StringField:
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
        filters=[_one_line],
        validators=[said(_l("Enter the six digits from the mail."))],
    )


class WelcomeForm(Form):
    """What makes an account: a name, and agreement."""

    name = _name(
        _l("Your name"), _l("As you would like others to see it, in any script."), _l("Enter your name.")
    )
    agreed = BooleanField(
        _l("I agree to the terms of use and have read the privacy notice"),
        validators=[said(_l("Tick the box to say that you agree."))],
    )


class NewPasswordForm(Form):
    """A new password, typed once: it can be shown, pasted and kept by a password manager."""

    password = PasswordField(
        _l("New password"),
        description=_l("At least 12 characters, of any kind. Several words in a row are easy to remember."),
        validators=[said(_l("Enter a new password."))],
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


class ProfileForm(Form):
    """What somebody says of themselves, and what of it everyone may see."""

    name = _name(
        _l("Your name"), _l("As you would like others to see it, in any script."), _l("Enter your name.")
    )
    country = SelectField(_l("Your country"), default="")
    languages = Checks(_l("Languages you can work in"), choices=options(NAMES.items()))
    about = TextAreaField(_l("About you"), validators=[optional(), at_most(LONGEST_ABOUT)])
    is_listed = BooleanField(
        _l("List me publicly"),
        description=_l("If not, you are counted but never named outside your task forces."),
    )
    published = Checks(
        _l("Show on my public page"),
        choices=options(
            zip(
                PUBLISHABLE,
                (_l("My country"), _l("Languages I can work in"), _l("What I wrote about me")),
                strict=True,
            )
        ),
    )

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.country.choices = options([("", ""), *choices_in(language())])


class OrganisationForm(Form):
    """One of the organisations found, or none."""

    organisation = RadioField(
        _l("Which one is yours?"), validators=[said(_l("Choose your organisation."))], validate_choice=False
    )


class ProposalForm(Form):
    """An organisation nobody has named before."""

    name = _name(
        _l("Name of the organisation"),
        _l("The full name, in any script."),
        _l("Enter the name of the organisation."),
    )
    country = SelectField(_l("Country of its head office"), validators=[said(_l("Choose a country."))])
    website = URLField(_l("Website"), validators=[optional(), at_most(200)])
    is_another = BooleanField(_l("Mine is another organisation"))

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.country.choices = options([("", ""), *choices_in(language())])

    def validate_website(self, field: Any) -> None:
        """Refuse what is not a web address."""
        if not _is_web_address(field.data):
            raise ValidationError(_("Enter a web address that starts with https://"))


class SettingsForm(Form):
    """How the pages look, and in which language."""

    theme = RadioField(
        _l("Colours"),
        choices=options([("auto", _l("As on my device")), ("light", _l("Light")), ("dark", _l("Dark"))]),
        default="auto",
    )
    language = RadioField(_l("Language of pages and mails"), choices=options(NAMES.items()))
