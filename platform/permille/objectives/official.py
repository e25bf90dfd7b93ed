"""The official texts of objectives, loaded from a file the Secretariat keeps; none is shipped."""

import tomllib
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from permille.foundation.database import Session
from permille.foundation.languages import LANGUAGES
from permille.foundation.multilingual import SOURCE, Status
from permille.objectives.loading import Change, index_objective
from permille.objectives.models import Objective
from permille.objectives.reading import BadStrategy


def read_official(file: Path) -> dict[str, dict[str, str]]:
    """Read a TOML file with a table per objective and a text per language.

    Returns texts by code and language. Raises `BadStrategy` with every problem found.
    """
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadStrategy([f"{file}: {error}"]) from error
    problems = []
    for code, texts in data.items():
        if not isinstance(texts, dict):
            problems.append(f"{file}: {code}: must be a table of texts by language")
            continue
        problems += [f"{file}: {code}.{lang}: unknown language" for lang in texts if lang not in LANGUAGES]
        problems += [
            f"{file}: {code}.{lang}: must be a text"
            for lang, text in texts.items()
            if not isinstance(text, str) or not text.strip()
        ]
    if problems:
        raise BadStrategy(problems)
    return data


def load_official(
    session: Session, wanted: dict[str, dict[str, str]], *, over_edits: bool = False
) -> list[Change]:
    """Put official texts in place and return what differed; the caller commits.

    They come from the Secretariat, so a translation counts as confirmed. A text that was written
    on the desk since is kept and listed as a conflict, unless `over_edits` says to replace it.
    Raises `BadStrategy` for a code that is no objective.
    """
    known = {
        one.code: one for one in session.scalars(select(Objective).options(selectinload(Objective.targets)))
    }
    unknown = [f"{code}: there is no such objective" for code in wanted if code not in known]
    if unknown:
        raise BadStrategy(unknown)
    changes = []
    for code, texts in wanted.items():
        objective = known[code]
        changes += _put(objective, {lang: text.strip() for lang, text in texts.items()}, over_edits)
        index_objective(session, objective)
    return changes


def _put(objective: Objective, texts: dict[str, str], over_edits: bool) -> list[Change]:
    before, changes = objective.official, []
    kept = before
    for lang, text in texts.items():
        here = kept.get(lang)
        old = here.text if here else ""
        is_edited = here is not None and here.is_edited_here and bool(old or here.shipped)
        is_conflict = is_edited and old != text and not over_edits
        if old != text:
            changes.append(Change(f"objectives.{objective.code}.official", lang, old, text, is_conflict))
        if not is_conflict:
            status = Status.ORIGINAL if lang == SOURCE else Status.CONFIRMED
            kept = (kept.edited(lang, text, status) if old != text else kept).seen(lang, text)
    if kept != before:
        objective.official = kept.following(before)
    return changes
