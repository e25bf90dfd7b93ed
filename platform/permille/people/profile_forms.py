"""The forms of one's own profile and settings."""

from typing import Any

from wtforms import RadioField, SelectField, TextAreaField

from permille.foundation.forms import Form, at_most, optional, options
from permille.foundation.languages import NAMES, _l, language
from permille.people.fields import name_field
from permille.people.forms import Checks
from permille.people.models.persons import PUBLISHABLE, Naming
from permille.regions.countries import choices_in
from permille.regions.zones import zones_in

LONGEST_ABOUT = 1000
NAMINGS = {
    Naming.EVERYONE.value: _l("Everyone: I am listed publicly"),
    Naming.TEAMMATES.value: _l("Only the members of my task forces"),
    Naming.OFFICERS.value: _l("Only the leader and the representatives of my task forces"),
}


class ProfileForm(Form):
    """What somebody says of themselves, and what of it everyone may see."""

    name = name_field(
        _l("Your name"), _l("As you would like others to see it, in any script."), _l("Enter your name.")
    )
    country = SelectField(_l("Your country"), default="")
    zone = SelectField(
        _l("Your time zone"),
        description=_l(
            "Last days end at 23:59 UTC. We show you when that is on your clock, on pages and in mails."
        ),
        default="",
    )
    languages = Checks(_l("Languages you can work in"), choices=options(NAMES.items()))
    about = TextAreaField(_l("About you"), validators=[optional(), at_most(LONGEST_ABOUT)])
    naming = RadioField(
        _l("Who may see my name"),
        description=_l("Wherever you are not named, you are still counted."),
        choices=options(NAMINGS.items()),
        default=Naming.EVERYONE.value,
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
        self.zone.choices = options([("", "UTC"), *zones_in(language())])


class SettingsForm(Form):
    """How the pages look, and in which language."""

    theme = RadioField(
        _l("Colours"),
        choices=options([("auto", _l("As on my device")), ("light", _l("Light")), ("dark", _l("Dark"))]),
        default="auto",
    )
    language = RadioField(_l("Language of pages and mails"), choices=options(NAMES.items()))
