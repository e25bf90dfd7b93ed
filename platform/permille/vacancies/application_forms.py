"""The call for information as a form."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from permille.foundation.forms import Form, at_most, can_be_web_address, optional, options, said
from permille.foundation.languages import NAMES, _, _l, language, number
from permille.people.fields import address_field
from permille.people.forms import Checks
from permille.vacancies.models import Source
from permille.vacancies.models.applications import LONGEST_ANSWER, LONGEST_NOTE, MOST_LINKS
from permille.vacancies.words import SOURCES


class ApplicationForm(Form):
    """What a candidate tells; what they know of the region is asked of representatives only."""

    why = TextAreaField(
        _l("Why do you want to take this office?"),
        description=_l("What you would like to reach, and what qualifies you."),
        validators=[said(_l("Say why you want to take this office.")), at_most(LONGEST_ANSWER)],
    )
    experience = TextAreaField(
        _l("Your experience with this objective"),
        description=_l("Work, projects, research or farming that has to do with it."),
        validators=[said(_l("Say what experience you bring.")), at_most(LONGEST_ANSWER)],
    )
    knowledge = TextAreaField(
        _l("What you know of the region"),
        description=_l("Countries you have worked in, networks you belong to, languages of the region."),
        validators=[said(_l("Say what you know of the region.")), at_most(LONGEST_ANSWER)],
    )
    languages = Checks(
        _l("Languages you can work in"),
        choices=options(NAMES.items()),
        validators=[said(_l("Tick at least one language."))],
    )
    time = TextAreaField(
        _l("How much time you can give"),
        description=_l("For example: half a day a week, until the end of next year."),
        validators=[said(_l("Say how much time you can give.")), at_most(LONGEST_NOTE)],
    )
    endorsement = TextAreaField(
        _l("Support of your organisation"),
        description=_l("Who there agrees that you take the office. You can add a letter as a file later."),
        validators=[said(_l("Say who in your organisation agrees.")), at_most(LONGEST_NOTE)],
    )
    links = TextAreaField(
        _l("Links"),
        description=_l("One per line: a profile, publications, a project."),
        validators=[optional(), at_most(2000)],
    )

    def __init__(self, *args: Any, for_region: bool, **known: Any) -> None:
        super().__init__(*args, **known)
        if not for_region:
            del self.knowledge

    def validate_links(self, field: Any) -> None:
        """Refuse what is no web address, and more than anybody reads."""
        lines = [line.strip() for line in (field.data or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise ValidationError(_("Give up to %(most)s links.", most=number(MOST_LINKS)))
        for line in lines:
            if not can_be_web_address(line):
                raise ValidationError(
                    _("Every link must start with https:// and stand on a line of its own.")
                )


class EnteringForm(ApplicationForm):
    """The same, typed by the Secretariat for somebody else."""

    email = address_field(
        _l("E-mail address of the candidate"),
        _l("Enter the address of the candidate’s account."),
        _l("The candidate needs an account, and is told by mail."),
    )
    source = RadioField(
        _l("How the application came"),
        choices=options(one for one in SOURCES.items() if one[0] != Source.LIST),
        validators=[said(_l("Say how the application came."))],
    )
    written_in = SelectField(_l("Language of the answers"), choices=options(NAMES.items()))

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.written_in.data = self.written_in.data or language()


class SendingForm(Form):
    """Sending, and whether to work along meanwhile."""

    joins = BooleanField(
        _l("Make me a Team Member meanwhile"),
        description=_l("You can take part from today, whatever is decided about the office."),
    )


class StandingDownForm(Form):
    """How somebody said that they stand down whose application was typed for them."""

    source = RadioField(
        _l("How the candidate said so"),
        choices=options((one, SOURCES[one]) for one in (Source.PHONE.value, Source.PAPER.value)),
        validators=[said(_l("Say how the candidate said so."))],
    )
