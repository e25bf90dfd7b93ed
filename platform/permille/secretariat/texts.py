"""The texts the Secretariat is answerable for: goals, objectives with their targets, and passages.

Each is edited in one language at a time, beside the English.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from permille.foundation.database import Session
from permille.foundation.multilingual import SOURCE, Multilingual, Status, Version, digest
from permille.objectives.reading import read_strategy


@dataclass(frozen=True)
class Text:
    """One text of a record: where it is kept, what it is called, and what the release ships for it."""

    key: str
    label: Any
    row: Any
    column: str
    path: str | None = None

    @property
    def value(self) -> Multilingual:
        """The text in all its languages."""
        return getattr(self.row, self.column) or Multilingual()

    def version(self, lang: str) -> Version | None:
        """Return the text in one language, if there is one."""
        return self.value.get(lang)

    def shipped(self, lang: str) -> str:
        """Return what the installed release ships for it in a language; empty where it ships nothing."""
        return shipped_texts(lang).get(self.path or "", "")

    def is_conflict(self, lang: str) -> bool:
        """Whether it was edited here and the release ships another text than the one it was edited from."""
        here = self.version(lang)
        if here is None or not self.path:
            return False
        shipped = self.shipped(lang)
        return here.is_edited_here and here.shipped != digest(shipped) and here.text != shipped


@dataclass(frozen=True)
class Record:
    """A record whose texts are edited together."""

    kind: str
    code: str
    title: Any
    texts: list[Text]
    after: Callable[[Session], None]

    def stamp(self, lang: str) -> str:
        """Return a fingerprint of the texts in a language: whoever edits says from which state."""
        parts = [(text.key, one.text, one.status) for text in self.texts if (one := text.version(lang))]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]

    def state(self, lang: str) -> str:
        """Tell how far a language is: `missing`, `conflict`, `draft` or `done`."""
        wanted = [text for text in self.texts if text.version(SOURCE) and text.value[SOURCE].text]
        if any(text.is_conflict(lang) for text in self.texts):
            return "conflict"
        if any(not (one := text.version(lang)) or not one.text for text in wanted):
            return "missing"
        if any(text.value[lang].status is Status.DRAFT for text in wanted):
            return "draft"
        return "done"


def save(
    session: Session, record: Record, lang: str, written: dict[str, str], *, confirmed: bool
) -> list[str]:
    """Keep what was written in a language and return the keys that changed. The caller commits.

    A text that differs from the one kept is marked as edited here. What the release ships now
    counts as seen, so that a conflict that was shown is settled by saving.
    """
    changed = []
    for text in record.texts:
        value, here = text.value, text.version(lang)
        new = written.get(text.key, "")
        if new != (here.text if here else ""):
            value = value.edited(lang, new, _status(lang, confirmed=confirmed))
            changed.append(text.key)
        elif (
            here is not None and lang != SOURCE and confirmed and here.status is not Status.CONFIRMED and new
        ):
            value = value.confirmed(lang)
            changed.append(text.key)
        if text.path and lang in value:
            value = value.seen(lang, text.shipped(lang))
        if value != text.value:
            setattr(text.row, text.column, value)
    record.after(session)
    return changed


def _status(lang: str, *, confirmed: bool) -> Status:
    if lang == SOURCE:
        return Status.ORIGINAL
    return Status.CONFIRMED if confirmed else Status.DRAFT


@cache
def shipped_texts(lang: str) -> dict[str, str]:
    """Return what the installed release ships in a language, by path; read once."""
    return read_strategy().texts.get(lang, {})
