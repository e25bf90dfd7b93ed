"""What the desk shows."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Organisation, Person
from permille.secretariat.organisation_queries import lapsing
from permille.taskforces.models import Mandate, Membership

NEWEST = 12


@dataclass(frozen=True)
class Flagged:
    """A held office whose holder may not stand for it now, and why: `none`, `claimed` or `lapsed`."""

    person_id: int
    name: str
    code: str
    office: str
    region: str | None
    organisation: str | None
    why: str


def flagged_mandates(session: Session, person_id: int = 0) -> list[Flagged]:
    """List the offices, of everyone or of one person, whose holder no longer has what they ask for (1 statement).

    It takes nothing from anybody: the Secretariat sees it and decides.
    """
    confirmed = Affiliation.confirmed_at.is_not(None)
    query = (
        select(
            Person.id,
            Person.name,
            Objective.code,
            Mandate.office,
            Mandate.region,
            Organisation.name,
            confirmed,
        )
        .select_from(Mandate)
        .join(Person, Person.id == Mandate.person_id)
        .join(Objective, Objective.id == Mandate.objective_id)
        .outerjoin(Affiliation, and_(Affiliation.person_id == Person.id, Affiliation.ended_at.is_(None)))
        .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Mandate.ended_at.is_(None), or_(Affiliation.id.is_(None), ~confirmed, ~Organisation.valid()))
        .order_by(Objective.code, Mandate.region)
    )
    if person_id:
        query = query.where(Person.id == person_id)
    return [Flagged(*row[:6], why=_why(row)) for row in session.execute(query)]


def _why(row: Any) -> str:
    organisation, is_confirmed = row[5:]
    if organisation is None:
        return "none"
    return "lapsed" if is_confirmed else "claimed"


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


def lapsing_count(session: Session) -> int:
    """Count the organisations whose standing ends within 90 days (1 statement)."""
    return session.scalar(select(func.count(Organisation.id)).where(lapsing())) or 0
