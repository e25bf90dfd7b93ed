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
PATIENCE = timedelta(days=14)
"""How long whoever was named to read a complaint has to answer before others can be named: it must not wait for ever."""


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
    """The Secretariat, and who was named, without those who decided, sat on the panel, stood, or complain themselves."""
    return (
        person is not None
        and (may_use_desk(person) or (_is_able(person) and complaint.reader_id == person.id))
        and person.id not in decided
        and person.id != complaint.person_id
    )


def may_name(
    person: Person | None, complaint: Complaint, decided: Collection[int], desk: Collection[int]
) -> bool:
    """The Secretariat, but who complains, once all of it (`desk`) had a part, while nobody else has been named.

    Who complains counts as one who could answer, if they had no part: that others are asked to name somebody,
    although a colleague had none, would say whose complaint it is. It waits for one more colleague then.
    """
    return (
        person is not None
        and may_use_desk(person)
        and person.id != complaint.person_id
        and complaint.answered_at is None
        and set(desk) <= set(decided)
        and not is_entrusted(complaint)
    )


def is_entrusted(complaint: Complaint) -> bool:
    """Whether somebody was named who can still be expected to answer."""
    reader, since = complaint.reader, complaint.reader_named_at
    return reader is not None and _is_able(reader) and since is not None and now() - since < PATIENCE


def _is_able(person: Person) -> bool:
    return person.is_confirmed and person.suspended_at is None


def may_answer(person: Person | None, complaint: Complaint, decided: Collection[int]) -> bool:
    """Whoever may handle it, once."""
    return may_handle(person, complaint, decided) and complaint.answered_at is None


def may_read(person: Person | None, complaint: Complaint, decided: Collection[int]) -> bool:
    """Who made it, and who may handle it."""
    is_own = person is not None and complaint.person_id == person.id
    return is_own or may_handle(person, complaint, decided)
