"""Who may complain about a nomination, and who answers: never those who decided."""

from collections.abc import Collection
from datetime import timedelta

from permille.complaints.models import Complaint
from permille.foundation.clock import now
from permille.nominations.models import Nomination
from permille.people.models import Person
from permille.people.policy import may_use_desk

OPEN_FOR = timedelta(days=30)
"""How long after the candidate has accepted a complaint can be made."""


def may_complain(person: Person | None, nomination: Nomination | None) -> bool:
    """Everybody with an account, for 30 days; not who was nominated, nor who decided."""
    return (
        person is not None
        and person.suspended_at is None
        and person.is_confirmed
        and nomination is not None
        and nomination.accepted_at is not None
        and now() - nomination.accepted_at < OPEN_FOR
        and person.id not in (nomination.proposed_by_id, nomination.confirmed_by_id)
        and person.id != nomination.application.person_id
    )


def may_handle(person: Person | None, complaint: Complaint, decided: Collection[int]) -> bool:
    """The Secretariat without those who decided, sat on the panel, were candidates, or complain themselves."""
    return (
        person is not None
        and may_use_desk(person)
        and person.id not in decided
        and person.id != complaint.person_id
    )


def may_answer(person: Person | None, complaint: Complaint, decided: Collection[int]) -> bool:
    """Whoever may handle it, once."""
    return may_handle(person, complaint, decided) and complaint.answered_at is None


def may_read(person: Person | None, complaint: Complaint, decided: Collection[int]) -> bool:
    """Who made it, and who may handle it."""
    is_own = person is not None and complaint.person_id == person.id
    return is_own or may_handle(person, complaint, decided)
