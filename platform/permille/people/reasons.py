"""The form that asks for a reason somebody else will read."""

from permille.foundation.forms import Form
from permille.foundation.languages import _l
from permille.people.fields import reason_field


class ReasonForm(Form):
    """Why a claim is declined, or an affiliation ended."""

    reason = reason_field(_l("The person reads this. Say in plain words what is missing or not right."))
