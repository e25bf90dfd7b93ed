"""What the desk shows."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Eligibility, Organisation, Person, StandingState, eligibility
from permille.people.places import with_place
from permille.secretariat.organisation_queries import lapsing
from permille.taskforces.models import Mandate, Membership

NEWEST = 12


@dataclass(frozen=True)
class Flagged:
    """A held office whose holder may not stand for it now, and what is missing."""

    person_id: int
    name: str
    code: str
    office: str
    region: str | None
    organisation: str | None
    why: Eligibility


def flagged_mandates(session: Session, person_id: int = 0) -> list[Flagged]:
    """List the offices, of everyone or of one person, whose holder no longer has what they ask for (1 statement).

    It takes nothing from anybody: the Secretariat sees it and decides.
    """
    office = (Objective.code, Mandate.office, Mandate.region)
    query = (
        with_place(
            select(Person.id, Person.name, *office, Organisation.name, eligibility())
            .select_from(Mandate)
            .join(Person, Person.id == Mandate.person_id)
            .join(Objective, Objective.id == Mandate.objective_id)
        )
        .where(Mandate.ended_at.is_(None), eligibility() != Eligibility.ELIGIBLE)
        .order_by(Objective.code, Mandate.region)
    )
    if person_id:
        query = query.where(Person.id == person_id)
    return [Flagged(*_known(row)) for row in session.execute(query)]


def _known(row: Any) -> tuple[Any, ...]:
    return (*row[:6], Eligibility(row[6]))


def newest_members(session: Session) -> list[Row[tuple[str, int, str, str]]]:
    """List who joined last: name, person id, address, code of the task force (1 statement)."""
    query = (
        select(Person.name, Person.id, Person.email, Objective.code)
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(Objective, Objective.id == Membership.objective_id)
        .where(Membership.ended_at.is_(None))
        .order_by(Membership.id.desc())
        .limit(NEWEST)
    )
    return list(session.execute(query))


def proposed_count(session: Session) -> int:
    """Count the organisations somebody proposed and nobody has decided about (1 statement)."""
    return session.scalar(select(func.count(Organisation.id)).where(Organisation.proposal())) or 0


def evidence_count(session: Session) -> int:
    """Count the organisations about whose standing something was shown, and nothing is decided (1 statement)."""
    shown = (Organisation.state == StandingState.EVIDENCE, Organisation.merged_into_id.is_(None))
    return session.scalar(select(func.count(Organisation.id)).where(*shown)) or 0


def lapsing_count(session: Session) -> int:
    """Count the organisations whose standing ends within 90 days (1 statement)."""
    return session.scalar(select(func.count(Organisation.id)).where(lapsing())) or 0
