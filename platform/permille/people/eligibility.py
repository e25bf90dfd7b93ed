"""Asking whether somebody may stand for an office, for a decision that rests on it."""

from sqlalchemy import select

from permille.foundation.database import Session, held
from permille.people.models import Affiliation, Organisation, Person


def holds_eligibility(session: Session, person: Person) -> bool:
    """Tell whether a person may stand now, and keep it from changing until the transaction ends (1 or 2 statements)."""
    query = select(Affiliation).join(Affiliation.organisation).where(Affiliation.person_id == person.id)
    session.scalars(held(query, Affiliation)).all()
    belongs = select(Affiliation.organisation_id).where(
        Affiliation.person_id == person.id, Affiliation.ended_at.is_(None)
    )
    session.scalars(held(select(Organisation).where(Organisation.id.in_(belongs)), Organisation)).all()
    session.refresh(person, ["affiliations", "suspended_at"])
    return person.suspended_at is None and person.is_eligible
