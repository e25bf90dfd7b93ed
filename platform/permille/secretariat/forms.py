"""The forms of the desk."""

from typing import Any

from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import Optional

from permille.foundation.forms import Form, at_most, options, said
from permille.foundation.languages import _l
from permille.people.models import StandingState

STATES = {
    StandingState.CLAIMED: _l("Claimed or proposed"),
    StandingState.EVIDENCE: _l("Evidence received"),
    StandingState.PARTNER: _l("Partner"),
    StandingState.MEMBER: _l("Member"),
    StandingState.LAPSED: _l("Lapsed"),
    StandingState.WITHDRAWN: _l("Withdrawn"),
}


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
    until = DateField(_l("Valid until"), validators=[Optional()])


def name_of(state: Any) -> Any:
    """Return what a standing is called."""
    return STATES[StandingState(state)]
