"""Who may do what in a task force. Plain questions, plain answers."""

from enum import StrEnum

from permille.people.models import Person
from permille.taskforces.models import Membership


class RoleState(StrEnum):
    """What an office of a task force is for one person."""

    CALLED = "called"
    OPEN = "open"
    HELD = "held"
    YOURS = "yours"
    NOT_PARTNER = "not_partner"
    UNCONFIRMED = "unconfirmed"
    UNKNOWN = "unknown"

    @property
    def is_withheld(self) -> bool:
        """Whether the person may not stand for it as things are: there are ways on."""
        return self in (RoleState.NOT_PARTNER, RoleState.UNCONFIRMED, RoleState.UNKNOWN)


def may_join(person: Person | None, membership: Membership | None) -> bool:
    """Anyone may join as a Team Member, once; a visitor shows by mail who they are."""
    return membership is None and (person is None or person.suspended_at is None)


def may_leave(person: Person | None, membership: Membership | None) -> bool:
    """Whoever is in may leave."""
    return person is not None and membership is not None and membership.person_id == person.id


def office_state(
    person: Person | None, holder_id: int | None, *, is_acting: bool = False, is_called: bool = False
) -> RoleState:
    """An office has one holder; an open one is for people of a partner or member organisation, once it is called.

    One whose holder only acts until somebody is found is open as well.
    """
    if holder_id is not None and not (is_acting and is_called):
        return RoleState.YOURS if person is not None and person.id == holder_id else RoleState.HELD
    if person is None:
        return RoleState.UNKNOWN
    if person.is_eligible:
        return RoleState.CALLED if is_called else RoleState.OPEN
    return RoleState(person.eligibility.value)
