"""Finding who belongs to a task force. Hot pages read rows, not entities."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import joinedload, raiseload

from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Organisation, Person
from permille.people.places import with_place
from permille.taskforces.chips import Chip, chips, offices_held
from permille.taskforces.models import JoinDraft, Mandate, Membership, Office
from permille.taskforces.reader import VISITOR, Reader


@dataclass(frozen=True)
class Seat:
    """An office in a task force and who holds it, if anyone; a holder who may not be named has no name here."""

    office: Office
    region: str | None
    person_id: int | None = None
    name: str | None = None
    organisation: str | None = None
    is_listed: bool = True
    has_page: bool = True
    is_acting: bool = False
    """Whether the holder stays only until somebody is found for it."""
    begins_on: date | None = None
    ends_on: date | None = None
    mandate_id: int | None = None
    """By which office its holder can be written to; none while their account cannot be used."""
    offices: tuple[Chip, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody holds it."""
        return self.person_id is None


def seats_of(session: Session, objective_id: int, regions: list[str], reader: Reader = VISITOR) -> list[Seat]:
    """List the leader's seat, then one per region in the given order, as a reader may see them (1 statement)."""
    query = with_place(
        select(
            Mandate.office,
            Mandate.region,
            Person.id,
            case((reader.may_name(), Person.name)),
            case((reader.may_name(), Organisation.name)),
            Person.is_listed,
            Person.public(),
            Mandate.is_acting,
            Mandate.begins_on,
            Mandate.ends_on,
            reachable(),
            case((reader.may_name(), offices_held(objective_id=objective_id))),
        )
        .select_from(Mandate)
        .join(Person, Person.id == Mandate.person_id),
        confirmed=True,
    ).where(Mandate.objective_id == objective_id, Mandate.ended_at.is_(None))
    held = {(row[0], row[1]): _seat(row) for row in session.execute(query)}
    wanted = [(Office.LEADER, None), *((Office.REPRESENTATIVE, region) for region in regions)]
    return [held.get(seat) or Seat(*seat) for seat in wanted]


def _seat(row: Any) -> Seat:
    office, *rest, told = row
    return replace(Seat(Office(office), *rest), offices=chips(told))


def reachable() -> Any:
    """Ask, in a query of mandates and people, by which mandate a holder can be written to, if they can."""
    return case((and_(Person.confirmed_at.is_not(None), Person.suspended_at.is_(None)), Mandate.id))


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


def membership_by_id(session: Session, membership_id: int) -> Membership | None:
    """Find a membership, present or ended, with its person and objective (1 statement)."""
    query = select(Membership).where(Membership.id == membership_id)
    return session.scalar(
        query.options(joinedload(Membership.person), joinedload(Membership.objective), raiseload("*"))
    )


def mandate_of(session: Session, objective_id: int, person_id: int) -> Mandate | None:
    """Find the office a person holds in a task force (1 statement)."""
    return session.scalar(
        select(Mandate)
        .where(
            Mandate.objective_id == objective_id,
            Mandate.person_id == person_id,
            Mandate.ended_at.is_(None),
        )
        .options(raiseload("*"))
        .limit(1)
    )


def reader_of(session: Session, objective_id: int, person: Person | None) -> Reader:
    """Find what somebody is in a task force (2 statements; none for a visitor)."""
    if person is None:
        return VISITOR
    return Reader(
        person,
        membership_of(session, objective_id, person.id),
        mandate_of(session, objective_id, person.id),
    )


def memberships_of(session: Session, person_id: int, *, suspended: bool = False) -> list[Membership]:
    """List a person's present memberships with their objectives, those `suspended` too if asked (1 statement)."""
    present = Membership.ended_at.is_(None) if suspended else Membership.active()
    query = (
        select(Membership)
        .join(Membership.objective)
        .where(Membership.person_id == person_id, present)
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


def ended_mandates(session: Session, person_id: int, since: datetime) -> list[Mandate]:
    """List the offices of a person that ended since a moment, the latest first (1 statement)."""
    query = select(Mandate).where(Mandate.person_id == person_id, Mandate.ended_at > since)
    query = query.options(joinedload(Mandate.objective), raiseload("*"))
    return list(session.scalars(query.order_by(Mandate.ended_at.desc())))


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
