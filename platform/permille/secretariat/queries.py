"""What the desk shows."""

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload, raiseload

from permille.foundation.database import Session, held
from permille.foundation.outbox import Job
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Organisation, Person
from permille.secretariat.organisation_queries import lapsing
from permille.taskforces.models import Membership

NEWEST = 12
PAGE = 50


def claimed_affiliations(session: Session) -> list[Affiliation]:
    """List affiliations nobody has confirmed yet, oldest first (1 statement)."""
    query = (
        select(Affiliation)
        .where(Affiliation.confirmed_at.is_(None), Affiliation.ended_at.is_(None))
        .options(joinedload(Affiliation.person), joinedload(Affiliation.organisation), raiseload("*"))
        .order_by(Affiliation.id)
        .limit(PAGE)
    )
    return list(session.scalars(query))


def claimed_affiliation(
    session: Session, affiliation_id: int, *, to_change: bool = True
) -> Affiliation | None:
    """Find an affiliation that waits for a decision, with person and organisation; held to change it (1 statement)."""
    query = (
        select(Affiliation)
        .where(
            Affiliation.id == affiliation_id,
            Affiliation.ended_at.is_(None),
            Affiliation.confirmed_at.is_(None),
        )
        .options(joinedload(Affiliation.person), joinedload(Affiliation.organisation))
    )
    return session.scalar(held(query, Affiliation) if to_change else query)


def undelivered(session: Session) -> list[Job]:
    """List mails that were refused for good, oldest first (1 statement)."""
    return list(session.scalars(select(Job).where(Job.failed_at.is_not(None)).order_by(Job.id).limit(PAGE)))


def failed_job(session: Session, job_id: int) -> Job | None:
    """Find and hold one mail that was refused for good (1 statement)."""
    return session.scalar(select(Job).where(Job.id == job_id, Job.failed_at.is_not(None)).with_for_update())


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
