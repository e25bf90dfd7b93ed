"""Who may do what in a task force. Plain questions, plain answers."""

from enum import StrEnum

from permille.people.models import Person
from permille.taskforces.models import Membership


class RoleState(StrEnum):
    """What a role on the join form is for one person."""

    OPEN = "open"
    HELD = "held"
    NOT_PARTNER = "not_partner"
    UNKNOWN = "unknown"


def may_join(person: Person | None, membership: Membership | None) -> bool:
    """Anyone may join as a Team Member, once; a visitor shows by mail who they are."""
    return membership is None and (person is None or person.suspended_at is None)


def may_leave(person: Person | None, membership: Membership | None) -> bool:
    """Whoever is in may leave."""
    return person is not None and membership is not None and membership.person_id == person.id


def office_state(person: Person | None) -> RoleState:
    """Offices are for people of a partner or member organisation, once the Secretariat confirmed it."""
    if person is None or person.affiliation is None:
        return RoleState.UNKNOWN
    if person.is_eligible:
        return RoleState.OPEN
    if person.affiliation.confirmed_at is None and person.affiliation.organisation.is_valid():
        return RoleState.UNKNOWN
    return RoleState.NOT_PARTNER
