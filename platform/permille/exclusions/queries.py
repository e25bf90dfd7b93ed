"""Finding exclusions, and whom they keep out."""

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload

from permille.exclusions.models import Exclusion, Measure, Outcome
from permille.exclusions.policy import APPEALS_FOR, STAYS_OUT
from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.foundation.turns import take_turn
from permille.people.models import Person
from permille.taskforces.keeping_out import KeptOut
from permille.taskforces.models import Membership

MOST = 100


def exclusion_by_id(session: Session, exclusion_id: int) -> Exclusion | None:
    """Find an exclusion with the member, the task force and whoever decided (1 statement)."""
    return session.scalar(_whole().where(Exclusion.id == exclusion_id))


def hold_exclusion(session: Session, one: Exclusion) -> Exclusion:
    """Keep everybody else from changing an exclusion and its membership, and read both anew (2 statements)."""
    session.scalar(held(select(Membership).where(Membership.id == one.membership_id), Membership))
    session.scalar(held(select(Exclusion).where(Exclusion.id == one.id), Exclusion))
    return one


def running_for(session: Session, membership_id: int) -> Exclusion | None:
    """Find the exclusion that holds for a membership (1 statement)."""
    return session.scalar(
        select(Exclusion).where(Exclusion.membership_id == membership_id, Exclusion.over_at.is_(None))
    )


def exclusions_of(session: Session, person_id: int) -> list[Exclusion]:
    """List all about one person, newest first (1 statement)."""
    query = _whole().where(Membership.person_id == person_id)
    return list(session.scalars(query.order_by(Exclusion.id.desc())))


def running_in(session: Session, objective_id: int, region: str | None) -> list[Exclusion]:
    """List what holds in a task force, in one of its regions if it is named (1 statement)."""
    query = _whole().where(
        Membership.objective_id == objective_id, Membership.ended_at.is_(None), Exclusion.over_at.is_(None)
    )
    if region is not None:
        query = query.where(Membership.region == region)
    return list(session.scalars(query.order_by(Exclusion.last_day).limit(MOST)))


def waiting_appeals(session: Session) -> list[Exclusion]:
    """List the appeals without an answer, the oldest first (1 statement)."""
    return list(session.scalars(_whole().where(_waits()).order_by(Exclusion.appealed_at)))


def waiting_count(session: Session) -> int:
    """Count the appeals without an answer (1 statement)."""
    return session.scalar(select(func.count()).select_from(Exclusion).where(_waits())) or 0


def other_exclusions(session: Session) -> list[Exclusion]:
    """List the newest decisions about which no appeal waits (1 statement)."""
    query = _whole().where(~_waits()).order_by(Exclusion.id.desc())
    return list(session.scalars(query.limit(MOST)))


def answerers(session: Session, one: Exclusion) -> list[Person]:
    """List who of the Secretariat can answer an appeal (1 statement)."""
    others = Person.id.not_in([one.decided_by_id or 0, one.membership.person_id])
    return list(session.scalars(select(Person).where(Person.at_desk(), others).order_by(Person.id)))


def kept_out_of(session: Session, objective_id: int, person_id: int) -> KeptOut | None:
    """Tell who cannot join: the suspended, and those whose membership ended not long after they were asked to leave.

    1 statement.
    """
    query = select(Exclusion.measure, Exclusion.last_day, Membership.ended_at)
    query = query.join(Exclusion.membership).where(_about(objective_id, person_id), _keeps_out())
    found = [
        KeptOut(when.date() + STAYS_OUT if when and measure == Measure.LEAVING else last_day, measure == Measure.SUSPENSION)
        for measure, last_day, when in session.execute(query)
    ]  # fmt: skip
    return max(found, key=lambda one: one.until, default=None)


def keeps_from_office(
    session: Session, objective_id: int, person_id: int, *, to_decide: bool = False
) -> bool:
    """Tell whether somebody cannot take an office of a task force: they cannot join, or are asked to leave.

    1 statement; `to_decide` keeps an exclusion from being decided until the transaction ends.
    """
    if to_decide:
        stand_alone(session, objective_id, person_id)
    query = select(Exclusion.id).join(Exclusion.membership)
    query = query.where(
        _about(objective_id, person_id), or_(_keeps_out(), Exclusion.over_at.is_(None))
    ).limit(1)
    return session.scalar(query) is not None


def kept_from_offices(session: Session, person_ids: list[int]) -> set[tuple[int, int]]:
    """Return which of these people cannot take an office of which task force, as (objective, person) (1 statement)."""
    query = select(Membership.objective_id, Membership.person_id).join(
        Exclusion, Exclusion.membership_id == Membership.id
    )
    query = query.where(Membership.person_id.in_(person_ids), or_(_keeps_out(), Exclusion.over_at.is_(None)))
    return {(objective_id, person_id) for objective_id, person_id in session.execute(query)}


def stand_alone(session: Session, objective_id: int, person_id: int) -> None:
    """Let taking an office and deciding an exclusion wait for each other."""
    take_turn(session, "office or exclusion", objective_id, person_id)


def appeal_time_is_over() -> ColumnElement[bool]:
    """Ask whether it is too late to appeal against an exclusion."""
    return Exclusion.created_at <= now() - APPEALS_FOR


def _about(objective_id: int, person_id: int) -> ColumnElement[bool]:
    return and_(Membership.objective_id == objective_id, Membership.person_id == person_id)


def _keeps_out() -> ColumnElement[bool]:
    # Of somebody asked to leave the end of the membership counts, also when they went by themselves.
    lifted = Exclusion.outcome.in_((Outcome.TAKEN_BACK, Outcome.GRANTED))
    suspended = and_(Exclusion.measure == Measure.SUSPENSION, Exclusion.over_at.is_(None))
    gone = and_(Exclusion.measure == Measure.LEAVING, ~lifted, Membership.ended_at > now() - STAYS_OUT)
    return or_(suspended, gone)


def _waits() -> ColumnElement[bool]:
    return and_(
        Exclusion.appealed_at.is_not(None),
        Exclusion.appeal_decided_at.is_(None),
        Exclusion.outcome != Outcome.TAKEN_BACK,
    )


def _whole() -> Select[Exclusion]:
    about = contains_eager(Exclusion.membership)
    query = select(Exclusion).join(Exclusion.membership)
    return query.options(
        about.joinedload(Membership.person),
        about.joinedload(Membership.objective),
        joinedload(Exclusion.decided_by),
        raiseload("*"),
    )
