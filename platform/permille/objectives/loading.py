"""Loading the strategy into the database: what would change is listed first; what was edited here stays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from permille.foundation import search
from permille.foundation.database import Session
from permille.foundation.multilingual import SOURCE, Multilingual, digest
from permille.objectives.models import Goal, Objective, Target
from permille.objectives.reading import (
    GOAL_TEXTS,
    OBJECTIVE_TEXTS,
    ObjectiveOutline,
    Strategy,
)

SHOWN = 100
"""How many characters of a text are shown when it changes."""


@dataclass(frozen=True)
class Change:
    """One difference between the files and the database."""

    path: str
    lang: str
    before: str
    after: str
    is_conflict: bool = False
    stale: tuple[str, ...] = ()

    def __str__(self) -> str:
        verb = "conflict, kept as edited here" if self.is_conflict else ("change" if self.before else "add")
        return f"{verb}: {self.path} [{self.lang}]"

    def told(self) -> str:
        """Say what differs with the old and the new text, shortened, and which translations stay behind."""
        lines = [str(self), f"    - {_short(self.before)}", f"    + {_short(self.after)}"]
        if self.stale:
            lines.append(f"    older than the English from now on: {', '.join(self.stale)}")
        return "\n".join(lines)


def _short(text: str) -> str:
    return shorten(text, SHOWN, placeholder="…") or "(nothing)"


def load_strategy(session: Session, strategy: Strategy) -> list[Change]:
    """Bring the database to what the files say, and return what differed; the caller commits.

    A text that was edited here is never overwritten; it is listed as a conflict when the
    release ships another text than the one loaded last.
    """
    return list(_load(session, strategy))


def _load(session: Session, strategy: Strategy) -> Iterator[Change]:
    goals = {goal.code: goal for goal in session.scalars(select(Goal))}
    known = {
        one.code: one for one in session.scalars(select(Objective).options(selectinload(Objective.targets)))
    }
    for code in strategy.goals:
        goal = goals.get(code)
        if goal is None:
            goal = goals[code] = Goal(code=code)
            session.add(goal)
        yield from _texts(goal, GOAL_TEXTS, f"goals.{code}", strategy)
    for outline in strategy.objectives:
        objective = known.get(outline.code)
        if objective is None:
            objective = Objective(code=outline.code, goal=goals[outline.code[0]])
            session.add(objective)
        yield from _facts(objective, outline)
        yield from _texts(objective, OBJECTIVE_TEXTS, f"objectives.{outline.code}", strategy)
        yield from _targets(objective, outline, strategy)
        session.flush()
        index_objective(session, objective)


def _facts(objective: Objective, outline: ObjectiveOutline) -> Iterator[Change]:
    facts: dict[str, Any] = {
        "kind": outline.kind,
        "also": outline.also,
        "facility": outline.facility,
        "aliases": list(outline.aliases),
    }
    for name, value in facts.items():
        if getattr(objective, name) != value:
            before = str(getattr(objective, name) or "")
            setattr(objective, name, value)
            yield Change(f"objectives.{outline.code}.{name}", "", before, str(value))


def _targets(objective: Objective, outline: ObjectiveOutline, strategy: Strategy) -> Iterator[Change]:
    known = {target.key: target for target in objective.targets}
    wanted = {one.key for one in outline.targets}
    for key, target in known.items():
        if key not in wanted:
            objective.targets.remove(target)
            yield Change(f"objectives.{outline.code}.targets.{key}", "", key, "")
    for position, one in enumerate(outline.targets):
        kept = known.get(one.key)
        if kept is None:
            kept = Target(key=one.key)
            objective.targets.append(kept)
        facts = {"position": position, "phase": one.phase, "year": one.year, "due": one.due}
        for name, value in facts.items():
            if getattr(kept, name) != value:
                setattr(kept, name, value)
        path = f"objectives.{outline.code}.targets.{one.key}"
        yield from _text(kept, "text", path, strategy)


def _texts(row: Any, names: tuple[str, ...], path: str, strategy: Strategy) -> Iterator[Change]:
    for name in names:
        yield from _text(row, name, f"{path}.{name}", strategy)


def _text(row: Any, name: str, path: str, strategy: Strategy) -> Iterator[Change]:
    before: Multilingual = getattr(row, name) or Multilingual()
    kept, changes = before, []
    for lang, texts in strategy.texts.items():
        shipped = texts.get(path, "")
        here = kept.get(lang)
        if here is None and not shipped:
            continue
        if here is not None and here.shipped == digest(shipped):
            continue
        old = here.text if here else ""
        if here is not None and here.is_edited_here:
            changes.append(Change(path, lang, old, shipped, is_conflict=old != shipped))
            continue
        kept = kept.loaded(lang, shipped)
        changes.append(Change(path, lang, old, shipped))
    after = kept.following(before)
    stale = tuple(lang for lang in after if after[lang] != kept[lang])
    if after != getattr(row, name):
        setattr(row, name, after)
    yield from (replace(one, stale=stale) if one.lang == SOURCE else one for one in changes)


def index_objective(session: Session, objective: Objective) -> None:
    """Put an objective into the search index with all it says, in all languages."""
    texts = [objective.label, objective.title, objective.summary, objective.official]
    texts += [target.text for target in objective.targets]
    words: dict[str, str] = {"": " ".join([objective.code, *objective.aliases])}
    for text in texts:
        for lang, version in text.items():
            words[lang] = f"{words.get(lang, '')} {version.text}"
    search.put(session, "objective", objective.id, words)
