"""Who may do what in a task force. Plain questions, plain answers."""

from datetime import timedelta
from enum import StrEnum

from permille.foundation.clock import now
from permille.people.models import Person
from permille.taskforces.models import Mandate, Membership

NEW_FOR = timedelta(days=60)
"""How long somebody who has joined counts as new, and is welcomed."""


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


def oversees(person: Person | None, membership: Membership, mandate: Mandate | None) -> bool:
    """The Leader every member of the task force, a Representative those of the region; nobody themselves.

    `mandate` is the office the person holds in that task force now.
    """
    return (
        person is not None
        and person.suspended_at is None
        and person.id != membership.person_id
        and mandate is not None
        and mandate.person_id == person.id
        and mandate.objective_id == membership.objective_id
        and mandate.region in (None, membership.region)
    )


def may_welcome(person: Person | None, membership: Membership, mandate: Mandate | None) -> bool:
    """Whoever oversees a member who is new."""
    is_new = now() - membership.created_at < NEW_FOR
    return membership.is_active and is_new and oversees(person, membership, mandate)


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
