"""The form that asks for a reason somebody else will read."""

from wtforms import TextAreaField

from permille.foundation.forms import Form, at_most, said
from permille.foundation.languages import _l


class ReasonForm(Form):
    """Why a claim is declined, or an affiliation ended."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("The person reads this. Say in plain words what is missing or not right."),
        validators=[said(_l("Give the reason.")), at_most(1000)],
    )
