"""Reading the strategy's files: one outline, one file of texts per language, checked whole before use."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from permille.foundation import paths
from permille.foundation.languages import LANGUAGES

GOAL_TEXTS = ("title", "statement", "summary")
OBJECTIVE_TEXTS = ("label", "title", "summary", "note")
OPTIONAL = ("note",)
KINDS = ("number", "rate", "share", "money", "milestone", "narrative")
PHASES = ("baseline", "2030", "2050")


class BadStrategy(ValueError):
    """The files cannot be used; `problems` lists each with its file and key."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class TargetOutline:
    """What the outline says of a baseline, target or milestone."""

    key: str
    phase: str
    year: int
    due: date | None = None


@dataclass(frozen=True)
class ObjectiveOutline:
    """What the outline says of an objective, whatever the language."""

    code: str
    kind: str
    also: str | None
    facility: str | None
    aliases: tuple[str, ...]
    targets: tuple[TargetOutline, ...]


@dataclass(frozen=True)
class Strategy:
    """The whole strategy: the outline and, per language, texts by path such as `A1.targets.t2030`."""

    goals: tuple[str, ...]
    objectives: tuple[ObjectiveOutline, ...]
    texts: dict[str, dict[str, str]]

    @property
    def absent(self) -> list[str]:
        """The languages without a file: their texts stay as they are."""
        return [lang for lang in LANGUAGES if lang not in self.texts]


def read_strategy(folder: Path = paths.STRATEGY) -> Strategy:
    """Read and check all files in `folder`. Raises `BadStrategy` with every problem found."""
    problems: list[str] = []
    outline = _toml(folder / "outline.toml", problems)
    if outline is None:
        raise BadStrategy(problems)
    goals = tuple(outline.get("goals", {}).get("order", ()))
    objectives = tuple(_outline(code, data, problems) for code, data in outline.get("objectives", {}).items())
    wanted = _paths(goals, objectives)
    texts: dict[str, dict[str, str]] = {}
    for lang in LANGUAGES:
        if (folder / f"{lang}.toml").exists():
            texts[lang] = _texts(folder / f"{lang}.toml", wanted, problems)
    if "en" not in texts:
        problems.append(f"{folder / 'en.toml'}: the file is missing")
    if problems:
        raise BadStrategy(problems)
    return Strategy(goals, objectives, texts)


def _toml(path: Path, problems: list[str]) -> dict[str, Any] | None:
    """Return what a TOML file says, or None after noting why it cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"{path}: {error}")
        return None


def _outline(code: str, data: dict[str, Any], problems: list[str]) -> ObjectiveOutline:
    where = f"outline.toml: objectives.{code}"
    unknown = data.keys() - {"kind", "also", "facility", "aliases", "targets"}
    problems.extend(f"{where}.{key}: unknown key" for key in sorted(unknown))
    if data.get("kind") not in KINDS:
        problems.append(f"{where}.kind: must be one of {', '.join(KINDS)}")
    targets = []
    for row in data.get("targets", ()):
        try:
            due = date.fromisoformat(row["due"]) if "due" in row else None
            targets.append(TargetOutline(row["key"], row["phase"], int(row["year"]), due))
        except (KeyError, TypeError, ValueError) as error:
            problems.append(f"{where}.targets: {row}: {error}")
    problems.extend(
        f"{where}.targets.{one.key}.phase: must be one of {', '.join(PHASES)}"
        for one in targets
        if one.phase not in PHASES
    )
    return ObjectiveOutline(
        code,
        data.get("kind", ""),
        data.get("also"),
        data.get("facility"),
        tuple(data.get("aliases", ())),
        tuple(targets),
    )


def _paths(goals: tuple[str, ...], objectives: tuple[ObjectiveOutline, ...]) -> dict[str, bool]:
    """Every path a language's file may have, and whether it must."""
    wanted = {f"goals.{goal}.{key}": True for goal in goals for key in GOAL_TEXTS}
    for one in objectives:
        wanted |= {f"objectives.{one.code}.{key}": key not in OPTIONAL for key in OBJECTIVE_TEXTS}
        wanted |= {f"objectives.{one.code}.targets.{target.key}": True for target in one.targets}
    return wanted


def _texts(path: Path, wanted: dict[str, bool], problems: list[str]) -> dict[str, str]:
    data = _toml(path, problems)
    if data is None:
        return {}
    found = dict(_flat(data))
    for key, value in found.items():
        if key not in wanted:
            problems.append(f"{path}: {key}: unknown key")
        elif not isinstance(value, str) or not value.strip():
            problems.append(f"{path}: {key}: must be a text")
    problems.extend(f"{path}: {key}: missing" for key, must in wanted.items() if must and key not in found)
    return found


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = []
    for key, value in table.items():
        path = f"{prefix}.{key}" if prefix else key
        rows += _flat(value, path) if isinstance(value, dict) else [(path, value)]
    return rows
