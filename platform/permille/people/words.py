"""What kinds of organisations, standings and roles are called."""

from typing import Any

from permille.foundation.languages import _l
from permille.people.models import OrganisationKind, Role, StandingState

KINDS = {
    OrganisationKind.STATE: _l("State or public authority"),
    OrganisationKind.INTERNATIONAL: _l("International organisation"),
    OrganisationKind.DONOR: _l("Donor or foundation"),
    OrganisationKind.PRODUCERS: _l("Farmers and producers"),
    OrganisationKind.RESEARCH: _l("Research and education"),
    OrganisationKind.CIVIL_SOCIETY: _l("Civil society"),
    OrganisationKind.COMPANY: _l("Company"),
}
STATES = {
    StandingState.CLAIMED: _l("Claimed or proposed"),
    StandingState.EVIDENCE: _l("Evidence received"),
    StandingState.PARTNER: _l("Partner"),
    StandingState.MEMBER: _l("Member"),
    StandingState.LAPSED: _l("Lapsed"),
    StandingState.WITHDRAWN: _l("Withdrawn"),
}
ROLES = {
    Role.PERSON: _l("Person"),
    Role.FUNDER: _l("Funder"),
    Role.SECRETARY: _l("Executive Secretariat"),
}


def kind_name(kind: Any) -> Any:
    """Return what a kind of organisation is called, `–` while it is unknown."""
    return KINDS[OrganisationKind(kind)] if kind else "–"


def state_name(state: Any) -> Any:
    """Return what a standing is called."""
    return STATES[StandingState(state)]


def role_name(role: Any) -> Any:
    """Return what a role is called."""
    return ROLES[Role(role)]
