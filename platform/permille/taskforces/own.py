"""Somebody's own task forces, as home and the list of objectives show them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, literal, select, union_all

from permille.foundation.database import Session
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Objective
from permille.taskforces.models import Mandate, Membership


@dataclass(frozen=True)
class Own:
    """A task force somebody is in; the office they hold there, if any, with its region."""

    code: str
    label: Multilingual
    office: str | None
    region: str | None


def own_task_forces(session: Session, person_id: int) -> list[Own]:
    """List the task forces a person is in by code, each once: an office counts more than membership (1 statement)."""
    nothing = literal(None, type_=String())
    held = _of(Mandate, person_id, Mandate.office, Mandate.region)
    joined = _of(Membership, person_id, nothing, nothing)
    own: dict[str, Own] = {}
    for row in session.execute(union_all(held, joined)):
        own.setdefault(row[0], Own(*row))
    return [own[code] for code in sorted(own)]


def _of(model: Any, person_id: int, office: Any, region: Any) -> Any:
    return (
        select(Objective.code, Objective.label, office, region)
        .join(model, model.objective_id == Objective.id)
        .where(model.person_id == person_id, model.ended_at.is_(None))
    )
