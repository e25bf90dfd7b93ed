"""What the parts of an exclusion are called."""

from typing import Any

from permille.exclusions.models import DecidedAs, Exclusion, Finding, Measure, Outcome
from permille.foundation.languages import _l
from permille.taskforces.words import OFFICES

MEASURES: dict[str, Any] = {
    Measure.LEAVING: _l("Asked to leave"),
    Measure.SUSPENSION: _l("Suspended for a while"),
}
OFFICES_OF: dict[str, Any] = {
    DecidedAs.LEADER: OFFICES["leader"],
    DecidedAs.REPRESENTATIVE: OFFICES["representative"],
    DecidedAs.SECRETARIAT: _l("Executive Secretariat"),
}
FINDINGS: dict[str, Any] = {
    Finding.STANDS: _l("The decision stands"),
    Finding.LIFTED: _l("The decision is lifted"),
}
OUTCOMES: dict[str, Any] = {
    Outcome.ENDED: _l("The membership has ended"),
    Outcome.PASSED: _l("The suspension is over"),
    Outcome.LEFT: _l("The member has left"),
    Outcome.TAKEN_BACK: _l("Taken back"),
    Outcome.GRANTED: _l("Lifted after an appeal"),
}
ACTS: dict[str, Any] = {
    "exclusion.answered": _l("answered an appeal in a task force"),
    "exclusion.appealed": _l("appealed against a decision in a task force"),
    "exclusion.asked": _l("asked a member to leave a task force"),
    "exclusion.passed": _l("let a suspension or notice in a task force end"),
    "exclusion.suspended": _l("suspended a member from a task force"),
    "exclusion.taken_back": _l("took a decision about a member back"),
    "membership.ended": _l("ended a membership after its notice"),
}


def state_of(one: Exclusion) -> Any:
    """Return what has become of an exclusion, or what it is while it holds."""
    return OUTCOMES[one.outcome] if one.outcome else MEASURES[one.measure]
