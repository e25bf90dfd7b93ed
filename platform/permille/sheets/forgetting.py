"""Forgetting the accounts that lists made and nobody has taken over."""

from datetime import timedelta

from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.erasure import erase_all
from permille.people.models import Person, Role
from permille.sheets import queries
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application, Vacancy


def forget_unclaimed(session: Session, days: int) -> None:
    """Erase accounts that have waited so many days for their owner, hold no office and stand for no seat.

    They were made of what others said, and nobody has ever agreed to it. The caller commits.
    """
    serving = select(Mandate.person_id).where(Mandate.ended_at.is_(None))
    standing = select(Application.person_id).join(Application.vacancy).where(Vacancy.ended_at.is_(None))
    due = select(Person.id).where(
        Person.unclaimed(), Person.role == Role.PERSON, Person.created_at < now() - timedelta(days=days),
        Person.id.not_in(serving), Person.id.not_in(standing.where(Application.person_id.is_not(None))),
    )  # fmt: skip
    ids = session.scalars(due).all()
    if not ids:
        return
    queries.hold_links_of(session, ids)
    for person in queries.people_of(session, ids):
        if person.is_unclaimed:
            audit.record(session, None, "person.erased", person)
            erase_all(session, person)
