"""What this package holds about a person: memberships, offices, and what they typed and did not send."""

from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import joinedload, raiseload

from permille.foundation.database import Session
from permille.foundation.erasure import date_of, holds
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.leaving import vacate
from permille.taskforces.models import JoinDraft, Mandate, Membership, Welcome


def declare() -> None:
    """Declare what is held about a person."""
    holds("task forces", _tell_memberships, _erase_memberships, "membership.person_id")
    holds("members welcomed", _tell_welcomes, _keep, "welcome.person_id")
    holds("offices ended", _tell_ended, _keep, "mandate.ended_by_id")
    holds("offices", _tell_offices, _end_offices, "mandate.person_id")
    holds("unsent join forms", _tell_drafts, _erase_drafts, "join_draft.person_id")


def _tell_memberships(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Membership).where(Membership.person_id == person.id).order_by(Membership.id)
    return [
        {
            "task force": one.objective.code,
            "role": "team member",
            "region": one.region,
            "contribution": one.contribution,
            "joined": date_of(one.created_at),
            "left": date_of(one.ended_at),
        }
        for one in session.scalars(query.options(joinedload(Membership.objective), raiseload("*")))
    ]


def _tell_welcomes(session: Session, person: Person) -> list[dict[str, Any]]:
    query = (
        select(Objective.code, Welcome.created_at).select_from(Welcome).where(Welcome.person_id == person.id)
    )
    query = query.join(Membership, Membership.id == Welcome.membership_id).join(Membership.objective)
    return [
        {"task force": code, "when": date_of(when)}
        for code, when in session.execute(query.order_by(Welcome.id))
    ]


def _erase_memberships(session: Session, person: Person) -> None:
    session.execute(delete(Membership).where(Membership.person_id == person.id))


def _tell_offices(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Mandate).where(Mandate.person_id == person.id).order_by(Mandate.id)
    return [
        {
            "task force": one.objective.code,
            "role": one.office,
            "region": one.region,
            "since": date_of(one.created_at),
            "term until": one.ends_on.isoformat() if one.ends_on else None,
            "until": date_of(one.ended_at),
            "reason of the end": one.end_reason,
            "handover note": one.handover,
        }
        for one in session.scalars(query.options(joinedload(Mandate.objective), raiseload("*")))
    ]


def _end_offices(session: Session, person: Person) -> None:
    for mandate in session.scalars(select(Mandate).where(Mandate.person_id == person.id)):
        vacate(session, mandate)
        mandate.handover = mandate.end_reason = ""


def _tell_ended(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Objective.code, Mandate.region, Mandate.ended_at).join(Mandate.objective)
    rows = session.execute(query.where(Mandate.ended_by_id == person.id).order_by(Mandate.id))
    return [{"task force": code, "region": region, "ended": date_of(when)} for code, region, when in rows]


def _keep(_session: Session, _person: Person) -> None:
    """Keep what was done for others; the database takes the reference away with the account."""


def _drafts(person: Person) -> Any:
    # A form filled before signing in says whose it is by the address in it.
    return or_(JoinDraft.person_id == person.id, JoinDraft.identity["email"].as_string() == person.email)


def _tell_drafts(session: Session, person: Person) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Objective.code, JoinDraft.contribution, JoinDraft.identity, JoinDraft.changed_at)
        .join(Objective, Objective.id == JoinDraft.objective_id)
        .where(_drafts(person))
        .order_by(JoinDraft.id)
    )
    return [
        {"task force": code, "contribution": text, "said of yourself": identity, "changed": date_of(changed)}
        for code, text, identity, changed in rows
    ]


def _erase_drafts(session: Session, person: Person) -> None:
    session.execute(delete(JoinDraft).where(_drafts(person)))
