"""The form of a body that consultations ask."""

from typing import Any

from wtforms import SelectField

from permille.consultations.models import Body
from permille.foundation.forms import Form, options
from permille.foundation.languages import NAMES, _l, language
from permille.foundation.multilingual import SOURCE, Multilingual, Status
from permille.people.fields import address_field, name_field


class BodyForm(Form):
    """Its name in the languages where it has one, its address and its language. The names are added below."""

    email = address_field(_l("E-mail address"), _l("Enter the address."))
    language = SelectField(
        _l("Its language"),
        description=_l("Our mails to it will be in this language."),
        choices=options(NAMES.items()),
    )

    @property
    def names(self) -> list[tuple[str, Any]]:
        """The languages with their fields of the name: English, which it needs, then the reader's own."""
        own = language()
        langs = sorted(NAMES, key=lambda lang: (lang != SOURCE, lang != own))
        return [(lang, self[f"name_{lang}"]) for lang in langs]

    @property
    def name(self) -> Multilingual:
        """The name as it was written."""
        text = Multilingual()
        for lang in NAMES:
            if written := self[f"name_{lang}"].data:
                text = text.edited(lang, written, Status.ORIGINAL if lang == SOURCE else Status.CONFIRMED)
        return text


for _lang, _name in NAMES.items():
    _needed = _l("Enter the name in English.") if _lang == SOURCE else ""
    setattr(BodyForm, f"name_{_lang}", name_field(_name, problem=_needed))


def known_of(body: Body) -> dict[str, Any]:
    """Return what is known of a body as the data of its form."""
    names = {f"name_{lang}": one.text for lang, one in body.name.items()}
    return {**names, "email": body.email or "", "language": body.language}
