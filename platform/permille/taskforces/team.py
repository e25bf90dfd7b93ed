"""The team of a task force, as a reader may see it. Hot pages read rows, not entities."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, select

from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.people.models import Organisation, Person
from permille.people.places import with_place
from permille.taskforces.chips import Chip, chips, offices_held
from permille.taskforces.models import Membership
from permille.taskforces.policy import NEW_FOR
from permille.taskforces.reader import VISITOR, Reader

TEAM_PAGE = 40


@dataclass(frozen=True)
class TeamMember:
    """A member of a team as a reader may see them; the contribution is for the team only."""

    membership_id: int
    person_id: int
    name: str
    organisation: str | None
    country: str | None
    joined_at: datetime
    is_listed: bool
    contribution: str
    region: str | None
    offices: tuple[Chip, ...]


@dataclass(frozen=True)
class Team:
    """A task force's members: how many, and those of one page who may be named."""

    count: int
    listed: list[TeamMember]
    has_more: bool


def team_of(
    session: Session,
    objective_id: int,
    reader: Reader = VISITOR,
    *,
    after: int = 0,
    most: int = TEAM_PAGE,
) -> Team:
    """Count the team and list up to `most` members a reader may see, newest first (1 statement).

    `after` is a membership id: what is older follows.
    """
    holds = and_(Membership.objective_id == objective_id, Membership.active())
    count = select(func.count()).select_from(Membership).where(holds).scalar_subquery()
    written = Membership.contribution if reader.is_of_the_team else literal("")
    page = with_place(
        select(
            Membership.id,
            Person.id,
            Person.name,
            Organisation.name,
            Person.country,
            Membership.created_at,
            Person.is_listed,
            written,
            Membership.region,
            Person.published,
            offices_held(objective_id=objective_id),
            count.label("team_count"),
        )
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id),
        confirmed=True,
    ).where(
        holds, reader.may_name(), Person.suspended_at.is_(None), *([Membership.id < after] if after else [])
    )
    rows = list(session.execute(page.order_by(Membership.id.desc()).limit(most + 1)))
    members = [_member(row) for row in rows[:most]]
    return Team(rows[0].team_count if rows else _count(session, objective_id), members, len(rows) > most)


def newcomers(members: list[TeamMember], reader: Reader) -> set[int]:
    """Return the ids of the memberships whose holders are new and for this officer to welcome."""
    person, mandate = reader.person, reader.mandate
    if person is None or mandate is None:
        return set()
    return {
        one.membership_id
        for one in members
        if one.person_id != person.id
        and mandate.region in (None, one.region)
        and now() - one.joined_at < NEW_FOR
    }


def _member(row: Any) -> TeamMember:
    *said, published, told, _count = row
    if "country" not in published:
        said[4] = None
    return TeamMember(*[*said, chips(told)])


def _count(session: Session, objective_id: int) -> int:
    holds = and_(Membership.objective_id == objective_id, Membership.active())
    return session.scalar(select(func.count()).select_from(Membership).where(holds)) or 0
