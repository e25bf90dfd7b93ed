"""Finding goals and objectives. Each function loads what its page shows, and no more."""

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload, load_only, raiseload

from permille.foundation.database import Session
from permille.objectives.models import Goal, Objective


def goals_with_objectives(session: Session, *conditions: ColumnElement[bool]) -> list[Goal]:
    """List the goals in order, each with its objectives, or with those that fit (1 statement)."""
    query = (
        select(Goal)
        .join(Goal.objectives)
        .where(*conditions)
        .options(
            load_only(Goal.code, Goal.title, Goal.summary, raiseload=True),
            contains_eager(Goal.objectives).load_only(Objective.code, Objective.label, raiseload=True),
            raiseload("*"),
        )
        .order_by(Goal.code, Objective.code)
    )
    return list(session.scalars(query).unique())


def objective_by_slug(session: Session, slug: str) -> Objective | None:
    """Find one objective with its goal and targets (1 statement)."""
    query = (
        select(Objective)
        .where(Objective.code == slug.upper())
        .options(joinedload(Objective.goal), joinedload(Objective.targets), raiseload("*"))
    )
    return session.scalars(query).unique().one_or_none()


def objectives_by_id(session: Session, ids: list[int]) -> list[Objective]:
    """List objectives by code (1 statement)."""
    if not ids:
        return []
    query = select(Objective).where(Objective.id.in_(ids)).options(raiseload("*")).order_by(Objective.code)
    return list(session.scalars(query))
