"""Finding the texts the Secretariat is answerable for: goals, objectives with their targets, passages."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from permille.foundation.database import Session, held
from permille.foundation.languages import _, _l
from permille.foundation.settings import Passage
from permille.objectives.loading import index_objective
from permille.objectives.models import Goal, Objective, Target
from permille.secretariat.passages import built_in
from permille.secretariat.texts import Record, Text

FIELDS = {
    "title": _l("Title"),
    "statement": _l("Statement"),
    "summary": _l("Summary"),
    "label": _l("Short name"),
    "note": _l("Note"),
    "official": _l("Official text"),
    "text": _l("Text"),
}
ABOUT = {
    "budget": _l("Budget"),
    "dashboard": _l("Dashboard"),
    "events": _l("Events"),
    "fair": _l("Fair"),
    "investment": _l("Investments"),
    "kits": _l("Communication kits"),
    "kpis": _l("Indicators"),
    "mechanisms": _l("Funding mechanisms"),
    "projects": _l("Projects"),
}
PASSAGES = {"terms": _l("Terms"), "privacy": _l("Privacy"), "accessibility": _l("Accessibility")}


def find_record(session: Session, kind: str, code: str, *, to_change: bool = False) -> Record | None:
    """Find a goal, an objective or a passage with its texts, held if it is to change (2 statements)."""
    model, key, make = KINDS[kind]
    query = select(model).where(key == (code if kind == "passages" else code.upper()))
    row = session.scalar(held(query, model) if to_change else query)
    return make(row) if row is not None else None


def all_records(session: Session) -> list[Record]:
    """List every record with its texts (4 statements)."""
    goals = session.scalars(select(Goal).order_by(Goal.code))
    objectives = session.scalars(
        select(Objective).options(selectinload(Objective.targets)).order_by(Objective.code)
    )
    passages = session.scalars(select(Passage).order_by(Passage.id))
    return [
        *(goal_record(one) for one in goals),
        *(objective_record(one) for one in objectives),
        *(passage_record(one) for one in passages),
    ]


def goal_record(goal: Goal) -> Record:
    """Return a goal with its texts."""
    texts = [
        Text(name, FIELDS[name], goal, name, f"goals.{goal.code}.{name}")
        for name in ("title", "statement", "summary")
    ]
    return Record("goals", goal.code, goal.title, texts, lambda _session: None)


def objective_record(objective: Objective) -> Record:
    """Return an objective with its own texts and those of its targets."""
    path = f"objectives.{objective.code}"
    own = [
        Text(name, FIELDS[name], objective, name, None if name == "official" else f"{path}.{name}")
        for name in ("official", "label", "title", "summary", "note")
    ]
    targets = [
        Text(f"targets.{one.key}", target_name(one), one, "text", f"{path}.targets.{one.key}")
        for one in objective.targets
    ]
    return Record(
        "objectives",
        objective.code,
        objective.label,
        [*own, *targets],
        lambda session: index_objective(session, objective),
    )


def target_name(target: Target) -> str:
    """Say in words which target of an objective a text belongs to: `Target 2030 · Projects`."""
    what = _("Baseline %(year)s") if target.phase == "baseline" else _("Target %(year)s")
    about = target.key.partition("_")[2]
    return " · ".join([what % {"year": target.year}, *([str(ABOUT.get(about, about))] if about else [])])


def passage_record(passage: Passage) -> Record:
    """Return a passage as a record."""
    text = Text("text", FIELDS["text"], passage, "text", built_in=lambda lang: built_in(passage.name, lang))
    return Record("passages", passage.name, PASSAGES[passage.name], [text], lambda _session: None)


KINDS: dict[str, tuple[Any, Any, Any]] = {
    "goals": (Goal, Goal.code, goal_record),
    "objectives": (Objective, Objective.code, objective_record),
    "passages": (Passage, Passage.name, passage_record),
}
