"""Asking a member to leave, suspending them, and taking either back."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from permille.exclusions.letters import tell_member
from permille.exclusions.models import DecidedAs, Exclusion, Measure
from permille.exclusions.policy import appeals_until
from permille.exclusions.queries import hold_exclusion, running_for, stand_alone
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.people.models import Person
from permille.taskforces.models import Membership
from permille.taskforces.queries import mandate_of


class WasSettled(ValueError):
    """Somebody else was faster: there is a decision already, it is over, or the member holds an office now."""


def decide(
    session: Session, by: Person, office: DecidedAs, membership: Membership, measure: Measure, last_day: date,
    reason: str,
) -> Exclusion:  # fmt: skip
    """Ask a member to leave, or suspend them at once; they are told. The caller commits. Raises `WasSettled`."""
    stand_alone(session, membership.objective_id, membership.person_id)
    session.scalar(held(select(Membership).where(Membership.id == membership.id), Membership))
    if membership.ended_at is not None or running_for(session, membership.id) is not None:
        raise WasSettled
    if mandate_of(session, membership.objective_id, membership.person_id) is not None:
        raise WasSettled
    one = Exclusion(
        membership=membership, measure=measure, last_day=last_day, reason=reason, decided_by=by, decided_as=office
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(one)
    except IntegrityError:  # the index lets one in
        raise WasSettled from None
    if measure == Measure.SUSPENSION:
        membership.suspended_at = now()
    _record(session, by, "exclusion.asked" if measure == Measure.LEAVING else "exclusion.suspended", one)
    kind = "leaving_asked" if measure == Measure.LEAVING else "suspended_there"
    tell_member(
        session, one, kind,
        office=office.value, region=membership.region, reason=reason, last_day=last_day, until=appeals_until(one),
    )  # fmt: skip
    return one


def take_back(session: Session, by: Person, one: Exclusion, reason: str) -> None:
    """Take a decision back; the member is told. The caller commits. Raises `WasSettled`."""
    hold_exclusion(session, one)
    if not one.is_running:
        raise WasSettled
    one.take_back(by, reason)
    _record(session, by, "exclusion.taken_back", one)
    tell_member(session, one, "exclusion_taken_back", reason=reason)


def _record(session: Session, by: Person, act: str, one: Exclusion) -> None:
    audit.record(session, by, act, one.membership, objective=one.membership.objective.code)
