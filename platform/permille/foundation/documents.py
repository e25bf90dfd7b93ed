"""Documents on paper: a template of ours and what it says become a PDF, with real text and real pages.

What people wrote reaches the template as JSON and is set as text: it is never read as markup. The compiler
works in a process of its own, without the network; nobody may wait for it within a transaction.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any
from unicodedata import category

from permille.foundation import paths
from permille.foundation.clock import now
from permille.foundation.languages import _, direction, language

FOLDER = paths.TEMPLATES / "documents"
COMPILER = Path(__file__).with_name("compiling.py")
PATIENCE_SECONDS = 45
QUEUE_SECONDS = 3
"""How long a request waits for the compiler to be free: those who wait hold threads that others need."""
MOST_MARKS, MOST_LINES = 4, 60
"""Accents on one letter, and lines of one text, beyond which setting it could take all there is of memory."""
PAGE, PAGES = "\ue000", "\ue001"
"""What stands for the numbers of pages until the document is set."""

ALL_FONTS = {"include_system_fonts": True, "include_embedded_fonts": True}
SYSTEM_FONTS = {"include_system_fonts": True, "include_embedded_fonts": False}
SCRIPTS = {"Arabic": "سجل الوظيفة", "Chinese": "空缺记录"}
"""Words in the scripts that the compiler brings no good font for."""

_one_at_a_time = Lock()


class CannotBeMade(RuntimeError):
    """The document could not be set; the message says how the compiler ended, and nothing of the text."""


def document(template: str, made: datetime, /, words: dict[str, str] | None = None, **said: Any) -> bytes:
    """Return the PDF of `templates/documents/<template>.typ` in the language being spoken.

    `made` is when it is made. `words` and `said` are plain values (texts, numbers, lists, dictionaries);
    the template finds them as `data`. No transaction may be open. Raises `CannotBeMade`.
    """
    data = {
        **said,
        "lang": language(),
        "dir": direction(language()),
        "made": _parts(made),
        "words": {
            "from": _('The international "4 per 1000" Initiative'),
            "page": _("Page %(page)s of %(pages)s", page=PAGE, pages=PAGES),
            **(words or {}),
        },
    }
    return _compiled(template, {"data": json.dumps(_plain(data), ensure_ascii=False)}, made, ALL_FONTS)


def scripts_without_font() -> list[str]:
    """List the scripts of our languages that no font of this system has letters for."""
    return [name for name, words in SCRIPTS.items() if not _has_letters_for(words)]


def _has_letters_for(words: str) -> bool:
    try:  # this kind of PDF must show every letter, so the compiler refuses what it has none for
        _compiled("letters", {"words": words}, now(), SYSTEM_FONTS, "a-2b")
    except CannotBeMade:
        return False
    return True


def _compiled(
    template: str, inputs: dict[str, str], made: datetime, fonts: dict[str, bool], *standards: str
) -> bytes:
    order = {
        "template": str(FOLDER / f"{template}.typ"),
        "inputs": inputs,
        "timestamp": int(made.timestamp()),
        "fonts": fonts,
        "standards": standards,
    }
    if not _one_at_a_time.acquire(timeout=QUEUE_SECONDS):
        raise CannotBeMade("the compiler is busy")
    try:
        done = subprocess.run(  # noqa: S603 (our own program; -P keeps its neighbours out of its imports)
            [sys.executable, "-P", str(COMPILER)],
            input=json.dumps(order).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBeMade(type(error).__name__) from None
    finally:
        _one_at_a_time.release()
    if done.returncode:
        raise CannotBeMade(f"the compiler ended with {done.returncode}")
    return done.stdout


def _parts(when: datetime) -> dict[str, int]:
    moment = when.astimezone(UTC)
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(moment, name) for name in names}


def _plain(value: Any) -> Any:
    """Return a value without what has no place on paper: control characters, and more marks or lines than can be set."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _few_lines("".join(_few_marks(str(value))))


def _few_marks(text: str) -> Iterator[str]:
    marks = 0
    for one in text:
        kind = category(one)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            yield " " if one != "\n" and kind in ("Cc", "Cs") else one


def _few_lines(text: str) -> str:
    lines = text.split("\n")
    if len(lines) <= MOST_LINES:
        return text
    # What follows runs on, with a mark where each line began: nothing that was written is left out.
    return "\n".join([*lines[: MOST_LINES - 1], " ¶ ".join(lines[MOST_LINES - 1 :])])
