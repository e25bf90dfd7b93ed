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


def load_official(session: Session, wanted: dict[str, dict[str, str]]) -> list[Change]:
    """Put official texts in place and return what differed; the caller commits.

    They come from the Secretariat, so a translation counts as confirmed.
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
        for lang, text in texts.items():
            here = objective.official.get(lang)
            if here is None or here.text != text.strip():
                status = Status.ORIGINAL if lang == SOURCE else Status.CONFIRMED
                objective.official = objective.official.edited(lang, text.strip(), status)
                changes.append(
                    Change(f"objectives.{code}.official", lang, here.text if here else "", text.strip())
                )
        index_objective(session, objective)
    return changes
