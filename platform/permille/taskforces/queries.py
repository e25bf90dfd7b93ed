"""Finding who belongs to a task force. Hot pages read rows, not entities."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, raiseload

from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Organisation, Person
from permille.taskforces.models import JoinDraft, Mandate, Membership, Office

TEAM_PAGE = 40


@dataclass(frozen=True)
class Seat:
    """An office in a task force and who holds it, if anyone; an unlisted holder has no name here."""

    office: Office
    region: str | None
    person_id: int | None = None
    name: str | None = None
    organisation: str | None = None
    has_page: bool = True

    @property
    def is_open(self) -> bool:
        """Whether nobody holds it."""
        return self.person_id is None


def with_organisation(query: Any) -> Any:
    """Join the organisation of a person's confirmed affiliation, which others may see."""
    return query.outerjoin(
        Affiliation,
        and_(
            Affiliation.person_id == Person.id,
            Affiliation.ended_at.is_(None),
            Affiliation.confirmed_at.is_not(None),
        ),
    ).outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)


def seats_of(session: Session, objective_id: int, regions: list[str]) -> list[Seat]:
    """List the leader's seat, then one per region in the given order (1 statement)."""
    query = with_organisation(
        select(
            Mandate.office,
            Mandate.region,
            Person.id,
            Person.name,
            Person.is_listed,
            Organisation.name,
            Person.suspended_at,
        )
        .select_from(Mandate)
        .join(Person, Person.id == Mandate.person_id)
    ).where(Mandate.objective_id == objective_id, Mandate.ended_at.is_(None))
    held = {(row[0], row[1]): _seat(row) for row in session.execute(query)}
    wanted = [(Office.LEADER, None), *((Office.REPRESENTATIVE, region) for region in regions)]
    return [held.get(seat) or Seat(*seat) for seat in wanted]


def _seat(row: Any) -> Seat:
    office, region, person_id, name, is_listed, organisation, suspended_at = row
    if not is_listed:
        return Seat(Office(office), region, person_id)
    return Seat(Office(office), region, person_id, name, organisation, suspended_at is None)


@dataclass(frozen=True)
class TeamMember:
    """A member of a team as everyone may see them."""

    membership_id: int
    person_id: int
    name: str
    organisation: str | None
    country: str | None
    joined_at: datetime


@dataclass(frozen=True)
class Team:
    """A task force's members: how many, and those of one page who are listed."""

    count: int
    listed: list[TeamMember]
    has_more: bool


def team_of(session: Session, objective_id: int, after: int = 0, most: int = TEAM_PAGE) -> Team:
    """Count the team and list up to `most` listed members after a membership id, newest first (1 statement)."""
    holds = and_(Membership.objective_id == objective_id, Membership.ended_at.is_(None))
    count = select(func.count()).select_from(Membership).where(holds).scalar_subquery()
    country = Person.country
    page = with_organisation(
        select(
            Membership.id,
            Person.id,
            Person.name,
            Organisation.name,
            country,
            Person.published,
            Membership.created_at,
        )
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
    ).where(
        holds, Person.is_listed, Person.suspended_at.is_(None), *([Membership.id < after] if after else [])
    )
    page = page.add_columns(count.label("team_count")).order_by(Membership.id.desc()).limit(most + 1)
    rows = list(session.execute(page))
    members = [
        TeamMember(row[0], row[1], row[2], row[3], row[4] if "country" in row[5] else None, row[6])
        for row in rows[:most]
    ]
    return Team(rows[0].team_count if rows else _count(session, objective_id), members, len(rows) > most)


def _count(session: Session, objective_id: int) -> int:
    holds = and_(Membership.objective_id == objective_id, Membership.ended_at.is_(None))
    return session.scalar(select(func.count()).select_from(Membership).where(holds)) or 0


def membership_of(session: Session, objective_id: int, person_id: int) -> Membership | None:
    """Find a person's present membership in a task force (1 statement)."""
    return session.scalar(
        select(Membership)
        .where(
            Membership.objective_id == objective_id,
            Membership.person_id == person_id,
            Membership.ended_at.is_(None),
        )
        .options(raiseload("*"))
    )


def memberships_of(session: Session, person_id: int) -> list[Membership]:
    """List a person's present memberships with their objectives (1 statement)."""
    query = (
        select(Membership)
        .join(Membership.objective)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .options(joinedload(Membership.objective), raiseload("*"))
        .order_by(Objective.code)
    )
    return list(session.scalars(query))


def mandates_of(session: Session, person_id: int) -> list[Mandate]:
    """List the offices a person holds, with their objectives (1 statement)."""
    query = (
        select(Mandate)
        .where(Mandate.person_id == person_id, Mandate.ended_at.is_(None))
        .options(joinedload(Mandate.objective), raiseload("*"))
        .order_by(Mandate.id)
    )
    return list(session.scalars(query))


def draft_of(session: Session, objective_id: int, person_id: int) -> JoinDraft | None:
    """Find what a person has typed on a join form and not sent (1 statement)."""
    return session.scalar(
        select(JoinDraft).where(JoinDraft.objective_id == objective_id, JoinDraft.person_id == person_id)
    )


def drafts_of(session: Session, person_id: int) -> list[Any]:
    """List what a person has begun to join and not sent, as `code` and `label` (1 statement)."""
    query = (
        select(Objective.code, Objective.label)
        .join(JoinDraft, JoinDraft.objective_id == Objective.id)
        .where(JoinDraft.person_id == person_id)
        .order_by(Objective.code)
    )
    return list(session.execute(query))
