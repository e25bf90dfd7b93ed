"""The fields that several forms ask for, each with its one rule."""

from wtforms import (
    BooleanField,
    EmailField,
    Field,
    Form,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    URLField,
    ValidationError,
)  # fmt: skip

from permille.foundation.forms import at_most, is_address, is_web_address, one_line, optional, options, said
from permille.foundation.languages import _, _l, language
from permille.regions.countries import choices_in


def address_field(label: str, problem: str = "", hint: str = "") -> EmailField:
    """Return the field for an e-mail address, in small letters; required if a `problem` says what is missing."""
    checks = [said(problem) if problem else optional(), is_address]
    return EmailField(label, description=hint, filters=[_small], validators=checks)


def name_field(label: str, hint: str = "", problem: str = "") -> StringField:
    """Return the field for a name: one line of at most 200 characters; required if a `problem` says what is missing."""
    checks = [said(problem) if problem else optional(), at_most(200), _reads_as_a_name]
    return StringField(label, description=hint, filters=[one_line], validators=checks)


def country_field(label: str, problem: str, hint: str = "") -> SelectField:
    """Return the field for a country, named in the reader's language; required."""
    return SelectField(label, description=hint, choices=_countries, validators=[said(problem)])


def website_field() -> URLField:
    """Return the field for an organisation's web address, which it need not have."""
    return URLField(_l("Website"), validators=[optional(), at_most(200), is_web_address])


def agreement_field() -> BooleanField:
    """Return the box that says somebody agrees; required."""
    return BooleanField(
        _l("I agree to the terms of use and have read the privacy notice"),
        validators=[said(_l("Tick the box to say that you agree."))],
    )


def reason_field(hint: str) -> TextAreaField:
    """Return the field for a reason somebody else will read; required, `hint` says who reads it."""
    checks = [said(_l("Give the reason.")), at_most(1000)]
    return TextAreaField(_l("Reason"), description=hint, validators=checks)


def _reads_as_a_name(_form: Form, field: Field) -> None:
    # A name stands in mails of ours: nothing that cannot be seen, and no address to be led to.
    name = field.data or ""
    if name and ("://" in name or not any(letter.isalnum() for letter in name)):
        raise ValidationError(_("Enter a name that can be read."))


def _small(text: str | None) -> str | None:
    return text.lower() if text else text


def _countries() -> list[SelectChoice]:
    return options([("", _l("Choose a country")), *choices_in(language())])
