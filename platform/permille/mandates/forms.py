"""The forms of mandates."""

from wtforms import BooleanField, DateField, StringField, TextAreaField
from wtforms.validators import Optional

from permille.foundation.day_fields import is_coming
from permille.foundation.forms import Form, at_most, one_line, optional, said
from permille.foundation.languages import _l
from permille.people.fields import reason_field
from permille.taskforces.models import LONGEST_HANDOVER
from permille.vacancies.call_forms import CallForm

LONGEST_MESSAGE = 4000


class HandoverForm(Form):
    """What whoever takes over should know."""

    handover = TextAreaField(
        _l("Handover note"),
        description=_l(
            "What is under way, whom to speak with, what comes next. Read by your successor and the Secretariat."
        ),
        validators=[optional(), at_most(LONGEST_HANDOVER)],
    )


class EndForm(Form):
    """Why an office ends."""

    reason = reason_field(_l("The holder reads it."))


class StepDownForm(Form):
    """Why somebody steps down, if they wish to say."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("Read by the Secretariat. You need not say why."),
        validators=[optional(), at_most(1000)],
    )


class RenewalForm(CallForm):
    """Until when the holder says that they go on, and when a decision is expected."""

    last_day = DateField(
        _l("Last day for the holder to say so"),
        description=_l("Until 23:59 UTC of this day."),
        validators=[said(_l("Enter the last day.")), is_coming()],
    )
    decision_day = DateField(_l("Decision expected by"), validators=[Optional()])
    keeps_acting = None


class MessageForm(Form):
    """What somebody writes to the holder of an office, or a holder answers."""

    subject = StringField(
        _l("Subject"), filters=[one_line], validators=[said(_l("Say what it is about.")), at_most(150)]
    )
    words = TextAreaField(
        _l("Message"), validators=[said(_l("Write your message.")), at_most(LONGEST_MESSAGE)]
    )
    gives_address = BooleanField(
        _l("Give my e-mail address"),
        description=_l(
            "The other person can then reply by mail directly. Without it they answer on a page here."
        ),
    )
    wants_copy = BooleanField(_l("Send me a copy"))
