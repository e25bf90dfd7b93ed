"""The forms of the desk."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import Optional, ValidationError

from permille.foundation.days import is_sensible, today
from permille.foundation.forms import Form, at_most, optional, options, said
from permille.foundation.languages import NAMES, _, _l, number
from permille.people.fields import address_field, country_field, name_field, reason_field, website_field
from permille.people.models import fits
from permille.people.models.organisations import VALID
from permille.people.words import KINDS, ROLES, STATES

MOST_NAMES = 50
COMPANY = _l("A company can be a partner, but not a member.")


class StandingForm(Form):
    """A new step of an organisation's standing."""

    state = SelectField(
        _l("Standing"), choices=options((state.value, text) for state, text in STATES.items()), default=""
    )
    evidence = TextAreaField(
        _l("Evidence"),
        description=_l("What shows it: a signed declaration, a decision and its date."),
        validators=[said(_l("Say what shows it.")), at_most(2000)],
    )
    since = DateField(
        _l("Decided on"),
        description=_l("The day of the declaration or the decision, if it was not today."),
        validators=[Optional()],
    )
    until = DateField(_l("Valid until"), validators=[Optional()])

    def validate_since(self, field: Any) -> None:
        """Refuse a day that is still to come, and a year nobody can mean."""
        if field.data is None:
            return  # what is no day at all has been said already
        if not is_sensible(field.data):
            raise ValidationError(_("Check the year."))
        if field.data > today():
            raise ValidationError(_("This day is still to come."))

    def validate_until(self, field: Any) -> None:
        """Refuse a year nobody can mean, and a partner or member whose standing would be over at once."""
        if field.data is None:
            return
        if not is_sensible(field.data):
            raise ValidationError(_("Check the year."))
        if self.state.data in VALID and field.data < today():
            raise ValidationError(_("This day is past. If the standing has ended, choose Lapsed."))

    def refuse_unless_fits(self, kind: str | None) -> bool:
        """Tell whether the standing fits the kind of organisation, and say so beside the field if not."""
        if fits(kind, self.state.data):
            return True
        self.state.errors = [COMPANY]
        return False


class FactsForm(Form):
    """An organisation's names and facts."""

    version = HiddenField()
    name = name_field(_l("Name of the organisation"), problem=_l("Enter the name of the organisation."))
    aliases = TextAreaField(
        _l("Other names"),
        description=_l("One per line: abbreviations, former names, the name in other languages."),
        validators=[optional(), at_most(4000)],
    )
    kind = SelectField(
        _l("Type"),
        choices=options([("", _l("Not known yet")), *((kind.value, text) for kind, text in KINDS.items())]),
        default="",
    )
    country = country_field(_l("Country of its head office"), _l("Choose a country."))
    website = website_field()
    is_accepted = BooleanField(
        _l("Show this organisation to everyone"),
        description=_l("Until then, only those who named it and the Secretariat see it."),
    )
    is_another = BooleanField(_l("This is another organisation"))

    def validate_aliases(self, _field: Any) -> None:
        """Refuse a name longer than any name may be, and more names than anything has: each is looked for."""
        if len(self.names()) > MOST_NAMES:
            raise ValidationError(
                _("These are too many. At most %(limit)s at once.", limit=number(MOST_NAMES))
            )
        if any(len(one) > 200 for one in self.names()):
            raise ValidationError(_("One of these names is too long."))

    def refuse_unless_fits(self, state: str) -> bool:
        """Tell whether the kind fits the organisation's standing, and say so beside the field if not."""
        if fits(self.kind.data, state):
            return True
        self.kind.errors = [COMPANY]
        return False

    def names(self) -> list[str]:
        """Return the other names, each once."""
        lines = (" ".join(line.split()) for line in (self.aliases.data or "").splitlines())
        return [one for one in dict.fromkeys(lines) if one and one != self.name.data]


class RejectionForm(Form):
    """Why a proposed organisation is rejected."""

    reason = reason_field(_l("Who proposed it reads this. Say in plain words what is missing or wrong."))


class ImportForm(Form):
    """A file of organisations."""

    file = FileField(_l("CSV file"))


class RoleForm(Form):
    """What a person is to the whole platform."""

    role = RadioField(_l("Role"), choices=options((role.value, text) for role, text in ROLES.items()))


class SuspensionForm(Form):
    """Why an account is suspended."""

    reason = reason_field(_l("The person reads this. Name the rule and what happened, in plain words."))


class InvitationForm(Form):
    """Whom to invite."""

    email = address_field(_l("E-mail address"), _l("Enter an e-mail address."))
    name = name_field(_l("Name"))
    language = SelectField(_l("Language of the mail"), choices=options(NAMES.items()))
    organisation = name_field(
        _l("Organisation"),
        _l("If you name it, the person belongs to it from the start, as confirmed by you."),
    )


class ContactForm(Form):
    """The Secretariat's published address."""

    email = address_field(
        _l("Address the Secretariat can be reached at"),
        hint=_l("Everyone sees it on the help page. Leave it empty to publish none."),
    )


class MendedAddressForm(Form):
    """The mended address of a mail that did not arrive."""

    email = address_field(_l("E-mail address"))


class GuestsForm(Form):
    """Whom to invite, several at once."""

    guests = TextAreaField(
        _l("Addresses"),
        description=_l(
            "One per line; a name may follow the address. For example: name@example.org Amina Sow"
        ),
        validators=[said(_l("Enter at least one address.")), at_most(20_000)],
    )
    language = SelectField(_l("Language of the mail"), choices=options(NAMES.items()))
