"""Who may ask a member to leave or suspend them, take it back, appeal, and answer an appeal."""

from datetime import date, datetime, timedelta

from permille.exclusions.models import DecidedAs, Exclusion, Measure, Outcome
from permille.foundation.clock import now
from permille.people.models import Person
from permille.people.policy import may_use_desk
from permille.taskforces.models import Mandate, Membership
from permille.taskforces.policy import oversees

NOTICE = timedelta(days=14)
"""How many days ahead at least the last day in the team lies."""
LONGEST_NOTICE = timedelta(days=180)
LONGEST_SUSPENSION = timedelta(days=90)
APPEALS_FOR = timedelta(days=30)
"""How long after the decision the member can appeal."""
STAYS_OUT = timedelta(days=180)
"""How long somebody cannot join again whose membership has ended after they were asked to leave."""


def may_consider(person: Person | None, membership: Membership, mandate: Mandate | None) -> bool:
    """The Leader, the Representative of the member's region, and the Secretariat; nobody about themselves.

    `mandate` is the office the person holds in that task force.
    """
    is_other = person is not None and person.id != membership.person_id
    is_there = membership.ended_at is None
    return is_there and is_other and (may_use_desk(person) or oversees(person, membership, mandate))


def may_decide(
    person: Person | None, membership: Membership, mandate: Mandate | None, held: Mandate | None
) -> bool:
    """Whoever may consider it, unless the member holds an office there: that has to end first."""
    return held is None and may_consider(person, membership, mandate)


def office_of(person: Person, membership: Membership, mandate: Mandate | None) -> DecidedAs:
    """Return in which office somebody decides: that in the task force comes before the Secretariat."""
    if mandate is not None and oversees(person, membership, mandate):
        return DecidedAs(mandate.office)
    return DecidedAs.SECRETARIAT


def may_read(person: Person | None, one: Exclusion) -> bool:
    """The member, whoever decided, and the Secretariat."""
    is_named = person is not None and person.id in (one.membership.person_id, one.decided_by_id)
    return is_named or may_use_desk(person)


def may_take_back(person: Person | None, one: Exclusion) -> bool:
    """Whoever decided, or the Secretariat, while it holds; never the member."""
    if person is None or person.suspended_at is not None or person.id == one.membership.person_id:
        return False
    return one.is_running and (person.id == one.decided_by_id or may_use_desk(person))


def may_appeal(person: Person | None, one: Exclusion) -> bool:
    """The member, once, for 30 days; not against what was taken back."""
    return (
        person is not None
        and person.suspended_at is None
        and person.id == one.membership.person_id
        and one.appealed_at is None
        and one.outcome != Outcome.TAKEN_BACK
        and now() < appeals_until(one)
    )


def may_answer(person: Person | None, one: Exclusion) -> bool:
    """Somebody of the Secretariat who did not decide, and is not the member."""
    return (
        person is not None
        and may_use_desk(person)
        and one.waits
        and person.id not in (one.decided_by_id, one.membership.person_id)
    )


def appeals_until(one: Exclusion) -> datetime:
    """Return the moment from which an appeal comes too late."""
    return one.created_at + APPEALS_FOR


def earliest(measure: Measure, today: date) -> date:
    """Return the earliest last day there can be."""
    return today + (NOTICE if measure == Measure.LEAVING else timedelta(days=1))


def latest(measure: Measure, today: date) -> date:
    """Return the latest last day there can be."""
    return today + (LONGEST_NOTICE if measure == Measure.LEAVING else LONGEST_SUSPENSION)
