"""The forms of exclusions."""

from typing import Any

from wtforms import DateField, RadioField, TextAreaField
from wtforms.validators import ValidationError

from permille.exclusions.models import LONGEST_APPEAL, LONGEST_REASON, Measure
from permille.exclusions.policy import earliest, latest
from permille.exclusions.words import FINDINGS, MEASURES
from permille.foundation.day_fields import is_coming
from permille.foundation.days import today
from permille.foundation.forms import Form, at_most, options, said
from permille.foundation.languages import _, _l, day


class DecisionForm(Form):
    """What is decided about a member, until when, and why."""

    measure = RadioField(
        _l("What do you decide?"), choices=options(MEASURES.items()), validators=[said(_l("Choose one."))]
    )
    last_day = DateField(
        _l("Last day"),
        description=_l(
            "Asked to leave: the last day in the team, at least 14 days from today. "
            "Suspended: the last day of the suspension, at most 90 days from today."
        ),
        validators=[said(_l("Enter the last day.")), is_coming(after_today=True)],
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l(
            "The member reads it, and the Executive Secretariat. Say what happened, in plain words."
        ),
        validators=[said(_l("Give the reason.")), at_most(LONGEST_REASON)],
    )

    def validate_last_day(self, field: Any) -> None:
        """Refuse a notice that is too short, and a suspension that is too long."""
        if self.measure.data not in MEASURES or field.data is None:
            return
        measure = Measure(self.measure.data)
        first, last = earliest(measure, today()), latest(measure, today())
        if field.data < first:
            raise ValidationError(_("Choose %(day)s or a later day.", day=day(first)))
        if field.data > last:
            raise ValidationError(_("Choose %(day)s or an earlier day.", day=day(last)))


class TakeBackForm(Form):
    """Why a decision is taken back."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("The member reads it."),
        validators=[said(_l("Give the reason.")), at_most(LONGEST_REASON)],
    )


class AppealForm(Form):
    """Why the member thinks the decision is wrong."""

    words = TextAreaField(
        _l("Why do you think that this is wrong?"),
        description=_l(
            "Say what happened, as you see it. You can appeal once. Somebody of the Executive Secretariat who did not decide reads it and answers."
        ),
        validators=[said(_l("Say why you think that it is wrong.")), at_most(LONGEST_APPEAL)],
    )


class AnswerForm(Form):
    """What came out of an appeal."""

    finding = RadioField(
        _l("What came out of it"), choices=options(FINDINGS.items()), validators=[said(_l("Choose one."))]
    )
    answer = TextAreaField(
        _l("Answer"),
        description=_l("The member reads it, and whoever decided."),
        validators=[said(_l("Write an answer.")), at_most(LONGEST_APPEAL)],
    )
