"""What the parts of a nomination are called, on its pages and in the record of its vacancy."""

from typing import Any

from permille.foundation.languages import _l
from permille.nominations.models import Rule, State
from permille.nominations.proposing import (
    CHANGED,
    HOLDS_OTHER,
    KEPT_OUT,
    NO_REFUSAL,
    PROPOSED,
    RULE_FAILS,
    SAME_PERSON,
    STOOD_DOWN,
    TOO_LATE,
)

RULES: dict[str, Any] = {
    Rule.AFFILIATION: _l("It is not confirmed that the candidate belongs to an organisation."),
    Rule.STANDING: _l("The organisation of the candidate is not a partner or member at present."),
    Rule.INFORMATION: _l("The candidate has not answered the call for information."),
    Rule.CONSULTATION: _l("Nobody was consulted, nobody has answered, or the time to answer is not over."),
}

STATES: dict[str, Any] = {
    State.PROPOSED: _l("Proposed, not confirmed"),
    State.OFFERED: _l("Confirmed, the candidate is asked"),
    State.ACCEPTED: _l("Accepted"),
    State.DECLINED: _l("Declined by the candidate"),
    State.WITHDRAWN: _l("Taken back"),
}

REASONS: dict[str, Any] = {
    TOO_LATE: _l("The call must be closed first, and the vacancy must not have ended."),
    PROPOSED: _l("Somebody has been proposed already. Look at that proposal first."),
    STOOD_DOWN: _l("This candidate has stood down or can no longer take part."),
    HOLDS_OTHER: _l("This candidate holds another office in this task force. One person holds one."),
    KEPT_OUT: _l("This candidate was asked to leave this task force, or is suspended from it."),
    RULE_FAILS: _l("A rule is not kept. Give your reason for deciding all the same."),
    NO_REFUSAL: _l("Say for every other candidate why they are not nominated."),
    SAME_PERSON: _l("Somebody else than the one who proposed must confirm."),
    CHANGED: _l("Something has changed meanwhile. This is how it stands now."),
}

ACTS: dict[str, Any] = {
    "application.refused": _l("told a candidate that another one was nominated"),
    "nomination.accepted": _l("accepted a nomination"),
    "nomination.confirmed": _l("confirmed a nomination"),
    "nomination.declined": _l("declined a nomination"),
    "nomination.proposed": _l("proposed somebody for a seat"),
    "nomination.withdrawn": _l("took a nomination back"),
}

LABELS: dict[str, Any] = {
    "ends_on": _l("Term until"),
    "failing": _l("Rules that were not kept"),
    "override": _l("Why all the same"),
}

DAYS = ("ends_on",)


def rule_in_record(value: str) -> Any:
    """Return what a rule that failed is called in a record."""
    return RULES.get(value, value)
