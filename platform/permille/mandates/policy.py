"""Who may do what with a mandate."""

from datetime import timedelta
from enum import StrEnum

from permille.foundation.clock import now
from permille.people.models import Person
from permille.people.policy import may_use_desk
from permille.taskforces.models import Mandate

HANDING_OVER = timedelta(days=90)
"""How long after the end of an office its former holder can still write the handover note."""


class Obstacle(StrEnum):
    """Why somebody cannot write to the holder of an office."""

    OVER = "over"
    UNCONFIRMED = "unconfirmed"
    UNREACHABLE = "unreachable"
    OWN = "own"
    NAMELESS = "nameless"


def may_see_mandates(person: Person | None) -> bool:
    """The list of all mandates with their terms and flags is for the Secretariat."""
    return may_use_desk(person)


def may_read_mandate(person: Person | None, mandate: Mandate, successor_id: int | None) -> bool:
    """Its holder, who holds the seat now, and the Secretariat."""
    return person is not None and (may_use_desk(person) or person.id in (mandate.person_id, successor_id))


def may_read_reason(person: Person | None, mandate: Mandate) -> bool:
    """Why an office ended is between its holder and the Secretariat; a successor does not read it."""
    return person is not None and (may_use_desk(person) or mandate.person_id == person.id)


def may_hand_over(person: Person | None, mandate: Mandate) -> bool:
    """Its holder writes the handover note, also for a while after the end."""
    in_time = mandate.ended_at is None or now() - mandate.ended_at < HANDING_OVER
    return _is_own(person, mandate) and in_time


def may_step_down(person: Person | None, mandate: Mandate) -> bool:
    """Its holder, at any time."""
    return _is_own(person, mandate) and mandate.ended_at is None


def may_end(person: Person | None, mandate: Mandate, *, is_rival: bool) -> bool:
    """The Secretariat, with a reason; nobody rules on their own office, or on one they stood for themselves."""
    is_partial = is_rival or _is_own(person, mandate)
    return may_use_desk(person) and mandate.ended_at is None and not is_partial


def may_be_ended_by(person: Person | None, mandate: Mandate, *, is_rival: bool) -> bool:
    """Its holder, who steps down, or the Secretariat."""
    return may_step_down(person, mandate) or may_end(person, mandate, is_rival=is_rival)


def may_renew(person: Person | None, mandate: Mandate, *, is_rival: bool) -> bool:
    """The Secretariat opens a renewal of an office somebody else holds."""
    return may_end(person, mandate, is_rival=is_rival)


def may_go_on(person: Person | None, mandate: Mandate) -> bool:
    """Its holder says that they go on although they belong to another organisation now."""
    return _is_own(person, mandate) and mandate.ended_at is None


def obstacle(person: Person | None, mandate: Mandate) -> Obstacle | None:
    """Say why somebody cannot write to the holder of an office, if they cannot."""
    holder = mandate.person
    if mandate.ended_at is not None:
        return Obstacle.OVER
    if person is None or person.suspended_at is not None or not person.is_confirmed:
        return Obstacle.UNCONFIRMED
    if holder is None or holder.suspended_at is not None or not holder.is_confirmed:
        return Obstacle.UNREACHABLE
    if holder.id == person.id:
        return Obstacle.OWN
    return None if person.name else Obstacle.NAMELESS


def may_write_to(person: Person | None, mandate: Mandate) -> bool:
    """Everybody with a confirmed account and a name; an office can be reached however its holder is listed."""
    return obstacle(person, mandate) is None


def may_answer(person: Person | None, mandate: Mandate, sender: Person | None) -> bool:
    """The holder to whom somebody wrote, also after the end of the office, while the other can still be reached."""
    return (
        _is_own(person, mandate)
        and sender is not None
        and sender.suspended_at is None
        and sender.is_confirmed
    )


def _is_own(person: Person | None, mandate: Mandate) -> bool:
    return person is not None and person.suspended_at is None and mandate.person_id == person.id
