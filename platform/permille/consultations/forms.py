"""The forms of a consultation."""

from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from permille.consultations.models import LONGEST_NOTE, LONGEST_QUESTION, LONGEST_WORDS, Relation
from permille.consultations.words import RELATIONS, SUPPORTS
from permille.foundation.day_fields import is_coming
from permille.foundation.forms import Form, at_most, optional, options, said
from permille.foundation.languages import NAMES, _, _l, language, speaking
from permille.foundation.multilingual import SOURCE, Multilingual, Status
from permille.people.fields import address_field
from permille.people.forms import Checks
from permille.vacancies.models import Application

QUESTION = _l(
    "What do you know of the work of these candidates, and how well would each of them serve this seat?"
)


class QuestionForm(Form):
    """What is asked, in the six languages, and until when. The fields of the languages are added below."""

    last_day = DateField(
        _l("Last day to answer"),
        description=_l("Answers until 23:59 UTC of this day are in time. Later ones are taken and marked."),
        validators=[said(_l("Enter the last day.")), is_coming()],
    )

    @property
    def questions(self) -> list[tuple[str, Any]]:
        """The languages with their fields of the question, the reader's own first."""
        own = language()
        return [(lang, self[f"question_{lang}"]) for lang in sorted(NAMES, key=lambda lang: lang != own)]

    @property
    def question(self) -> Multilingual:
        """The question as it was written: the languages that have none fall back to another."""
        text = Multilingual()
        for lang in NAMES:
            if written := self[f"question_{lang}"].data:
                status = Status.ORIGINAL if lang == SOURCE else Status.CONFIRMED
                text = text.edited(lang, written, status)
        return text

    def validate(self, *args: Any, **known: Any) -> bool:
        """Ask also that there is a question in some language."""
        is_valid = bool(super().validate(*args, **known))
        if not self.question:
            self.questions[0][1].errors = [_("Write the question in at least one language.")]
            return False
        return is_valid


for _lang, _name in NAMES.items():
    setattr(
        QuestionForm,
        f"question_{_lang}",
        TextAreaField(_name, validators=[optional(), at_most(LONGEST_QUESTION)]),
    )


class PanelForm(Form):
    """Who will read the answers."""

    panel = Checks(
        _l("Panel"),
        description=_l("At least two people of the Executive Secretariat. Only they read the answers."),
        validate_choice=False,
    )

    @property
    def seated(self) -> list[int]:
        """The ids of those who were chosen among the people offered."""
        offered = {value for value, _name in self.panel.choices}
        return [int(one) for one in dict.fromkeys(self.panel.data or ()) if one in offered]

    def validate_panel(self, field: Any) -> None:
        """Ask for two of those offered: one will propose, another confirm."""
        if len(self.seated) < 2:
            raise ValidationError(_("Choose at least two people."))


class PreparationForm(PanelForm, QuestionForm):
    """The question, the last day, and who will read the answers."""


class AddressesForm(Form):
    """Bodies and people to ask who may have no account."""

    addresses = TextAreaField(
        _l("Add by e-mail address"),
        description=_l("One per line, with the name, for example: name@example.org Forum of Partners"),
        validators=[said(_l("Enter at least one address."))],
    )
    language = SelectField(
        _l("Their language"),
        description=_l("Whoever has an account is written to in the language they chose."),
        choices=options(NAMES.items()),
    )


class MendedForm(Form):
    """The address an invitation goes to once more."""

    email = address_field(_l("E-mail address"), _l("Enter the address."))


class DeclarationForm(Form):
    """Whether somebody on the panel has a relation to a candidate."""

    relation = RadioField(
        _l("Do you have a relation to one of these candidates?"),
        description=_l(
            "Working together, the same organisation, family, friendship, or something to gain or lose."
        ),
        choices=options([("no", _l("No")), ("yes", _l("Yes, I leave this panel"))]),
        validators=[said(_l("Choose one."))],
    )


class AnswerForm(Form):
    """What a consultee says of every candidate; the fields of each candidate are added by `answer_form`."""

    words = TextAreaField(
        _l("Anything else the panel should know"), validators=[optional(), at_most(LONGEST_WORDS)]
    )
    is_mine = BooleanField(
        _l("I answer for myself, or for the body I was asked to speak for"),
        validators=[said(_l("Tick the box."))],
    )

    def said_of(self, application: Application) -> dict[str, Any]:
        """Return the fields about one candidate by what they are."""
        return {
            name: self[f"{name}_{application.id}"]
            for name in ("relation", "relation_note", "support", "opinion")
        }


def answer_form(applications: list[Application], **known: Any) -> AnswerForm:
    """Return a form that asks about these candidates."""
    fields: dict[str, Any] = {}
    for one in applications:
        fields[f"relation_{one.id}"] = RadioField(
            _l("What is your relation to this candidate?"),
            choices=options(RELATIONS.items()),
            validators=[said(_l("Say what your relation to each candidate is."))],
        )
        fields[f"relation_note_{one.id}"] = TextAreaField(
            _l("In a few words"),
            description=_l("Needed if there is a relation."),
            validators=[_tells_relation(f"relation_{one.id}"), at_most(LONGEST_NOTE)],
        )
        fields[f"support_{one.id}"] = RadioField(
            _l("Would this candidate serve the seat well?"),
            choices=options(SUPPORTS.items()),
            validators=[said(_l("Choose one answer for each candidate."))],
        )
        fields[f"opinion_{one.id}"] = TextAreaField(
            _l("Why do you think so?"), validators=[optional(), at_most(LONGEST_WORDS)]
        )
    made: Any = type("AnswerFormOfCandidates", (AnswerForm,), fields)
    form: AnswerForm = made(**known)
    return form


def _tells_relation(relation: str) -> Any:
    def check(form: Any, field: Any) -> None:
        if form[relation].data not in (None, Relation.NONE) and not field.data:
            raise ValidationError(_("Say in a few words what the relation is."))

    return check


def usual_question() -> dict[str, str]:
    """Return the question as it is usually asked, in every language, as the data of a form."""
    said_in: dict[str, str] = {}
    for lang in NAMES:
        with speaking(lang):
            said_in[f"question_{lang}"] = str(QUESTION)
    return said_in
