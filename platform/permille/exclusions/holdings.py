"""What this package holds about a person: decisions about them, those they made, and appeals they answered."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, raiseload

from permille.exclusions.models import Exclusion
from permille.exclusions.queries import exclusions_of
from permille.foundation.database import Session
from permille.foundation.erasure import date_of, holds
from permille.people.models import Person
from permille.taskforces.models import Membership

OF_OTHERS = {
    "decisions about members": (Exclusion.decided_by_id, Exclusion.created_at),
    "decisions about members taken back": (Exclusion.taken_back_by_id, Exclusion.over_at),
    "appeals answered": (Exclusion.appeal_decided_by_id, Exclusion.appeal_decided_at),
}


def declare() -> None:
    """Declare what is held about a person."""
    for name, (column, _when) in OF_OTHERS.items():
        holds(name, _tells_of_others(name), _keep, f"exclusion.{column.key}")
    holds("decisions about you in task forces", _tell, _erase)


def _tell(session: Session, person: Person) -> list[dict[str, Any]]:
    return [
        {
            "task force": one.membership.objective.code,
            "what": one.measure,
            "last day": one.last_day.isoformat(),
            "decided": date_of(one.created_at),
            "decided by": one.decided_as,
            "reason": one.reason,
            "appealed": date_of(one.appealed_at),
            "appeal": one.appeal,
            "answered": date_of(one.appeal_decided_at),
            "finding": one.finding,
            "answer": one.answer,
            "over": date_of(one.over_at),
            "how it was over": one.outcome,
            "why it was taken back": one.taken_back_reason,
        }
        for one in exclusions_of(session, person.id)
    ]


def _erase(session: Session, person: Person) -> None:
    theirs = select(Membership.id).where(Membership.person_id == person.id)
    gone = delete(Exclusion).where(Exclusion.membership_id.in_(theirs))
    session.execute(gone, execution_options={"synchronize_session": False})


def _tells_of_others(name: str) -> Any:
    column, when = OF_OTHERS[name]

    def tell(session: Session, person: Person) -> list[dict[str, Any]]:
        # About whom is not told: that is the other person's.
        query = select(Exclusion).where(column == person.id).order_by(Exclusion.id)
        seat = joinedload(Exclusion.membership).joinedload(Membership.objective)
        return [
            {"task force": one.membership.objective.code, "what": one.measure, "when": date_of(getattr(one, when.key))}
            for one in session.scalars(query.options(seat, raiseload("*")))
        ]  # fmt: skip

    return tell


def _keep(_session: Session, _person: Person) -> None:
    """Keep what was done for others; the database takes the reference away with the account."""
