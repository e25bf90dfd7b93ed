"""The forms of nominations."""

from typing import Any

from wtforms import DateField, TextAreaField

from permille.foundation.day_fields import is_coming
from permille.foundation.forms import Form, at_most, optional, said
from permille.foundation.languages import _l
from permille.nominations.models import LONGEST_REASON
from permille.people.fields import reason_field
from permille.vacancies.models import Application

OVERRIDE = _l("Why all the same")
OVERRIDE_HINT = _l("A rule is not kept. Both who decide give their reason; it goes into the record.")


class ProposalForm(Form):
    """Why this candidate, and for how long; why not the others is added by `proposal_form`."""

    reason = TextAreaField(
        _l("Why this candidate"),
        description=_l("For the record, and for whoever confirms."),
        validators=[said(_l("Give the reason.")), at_most(LONGEST_REASON)],
    )
    ends_on = DateField(
        _l("Term until"),
        description=_l("The office begins on the day the candidate accepts."),
        validators=[said(_l("Enter the last day of the term.")), is_coming(after_today=True)],
    )
    override = TextAreaField(
        OVERRIDE, description=OVERRIDE_HINT, validators=[optional(), at_most(LONGEST_REASON)]
    )

    def refusal_of(self, application: Application) -> Any:
        """Return the field that says why a candidate is not nominated."""
        return self[f"refusal_{application.id}"]


def proposal_form(others: list[Application], **known: Any) -> ProposalForm:
    """Return a form that also asks why each of the other candidates is not nominated."""
    fields = {
        f"refusal_{one.id}": TextAreaField(
            _l("Why not this candidate"),
            description=_l("The candidate reads this, in these words, once the other one has accepted."),
            validators=[
                said(_l("Say for every other candidate why they are not nominated.")),
                at_most(LONGEST_REASON),
            ],
        )
        for one in others
    }
    made: Any = type("ProposalFormOfCandidates", (ProposalForm,), fields)
    form: ProposalForm = made(**known)
    return form


class ConfirmationForm(Form):
    """Confirming what another one proposed."""

    override = TextAreaField(
        OVERRIDE, description=OVERRIDE_HINT, validators=[optional(), at_most(LONGEST_REASON)]
    )


class WithdrawalForm(Form):
    """Why a nomination is taken back."""

    reason = reason_field(_l("For the record. If the candidate has been asked already, they read it too."))


class ReplyForm(Form):
    """Why a candidate declines, if they wish to say."""

    reason = TextAreaField(
        _l("If you decline: a few words, if you like"),
        description=_l("Read by the panel."),
        validators=[optional(), at_most(1000)],
    )
