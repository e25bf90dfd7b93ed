"""What the steps of a vacancy are called."""

from typing import Any

from permille.foundation.languages import _l
from permille.vacancies.models import Outcome, Step

STEPS: dict[str, Any] = {
    Step.CALL: _l("Call open"),
    Step.CLOSED: _l("Call closed"),
    Step.CONSULTATION: _l("In consultation"),
    Step.NOMINATION: _l("Nomination"),
    Step.ENDED: _l("Finished"),
}

OUTCOMES: dict[str, Any] = {
    Outcome.FILLED: _l("The seat is filled."),
    Outcome.NOBODY: _l("The seat stays open: nobody was found for it this time."),
}


def step_name(step: Step) -> Any:
    """Return what a step is called."""
    return STEPS[step]
