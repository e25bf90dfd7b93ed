"""The texts the Secretariat is answerable for: goals, objectives with their targets, and passages.

Each is edited in one language at a time, beside the English.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from permille.foundation.database import Session
from permille.foundation.languages import LANGUAGES, language
from permille.foundation.multilingual import SOURCE, Multilingual, Status, Version, digest
from permille.objectives.reading import read_strategy

STATES = ("conflict", "missing", "stale", "draft", "built-in", "done")
"""How far a text can be in a language, least far first."""


@dataclass(frozen=True)
class Text:
    """One text of a record: where it is kept, what it is called, and what the release ships for it."""

    key: str
    label: Any
    row: Any
    column: str
    path: str | None = None
    built_in: Callable[[str], str] = lambda _lang: ""

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

    def state(self, lang: str) -> str:
        """Tell how far the text is in a language, as one of `STATES`; empty where there is nothing to translate."""
        here = self.version(lang)
        if self.is_conflict(lang):
            return "conflict"
        if here is None or not here.text:
            return "built-in" if self.built_in(lang) else ("missing" if self.value else "")
        return {Status.STALE: "stale", Status.DRAFT: "draft"}.get(here.status, "done")


@dataclass(frozen=True)
class Record:
    """A record whose texts are edited together."""

    kind: str
    code: str
    title: Any
    texts: list[Text]
    after: Callable[[Session], None]

    def title_in(self, lang: str) -> str:
        """Return what the record is called in a language."""
        return self.title.text_in(lang) if isinstance(self.title, Multilingual) else str(self.title)

    def stamp(self, lang: str) -> str:
        """Return a fingerprint of the texts in a language: whoever edits says from which state."""
        parts = [(text.key, one.text, one.status) for text in self.texts if (one := text.version(lang))]
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]

    def state(self, lang: str) -> str:
        """Tell how far a language is: the state of the text that is least far."""
        found = {text.state(lang) for text in self.texts}
        return next((state for state in STATES if state in found), "done")


@dataclass(frozen=True)
class Progress:
    """How far all texts are: conflicts as (kind, code, title, language), and how many by language and state."""

    conflicts: list[tuple[str, str, str, str]]
    counts: dict[str, Counter[str]]


def progress(records: list[Record]) -> Progress:
    """Count the texts of records by language and state, and list what is in conflict."""
    counts = {lang: Counter(text.state(lang) for one in records for text in one.texts) for lang in LANGUAGES}
    conflicts = [
        (one.kind, one.code, one.title_in(language()), lang)
        for one in records
        for lang in LANGUAGES
        if one.state(lang) == "conflict"
    ]
    return Progress(conflicts, counts)


def save(
    session: Session,
    record: Record,
    lang: str,
    written: dict[str, str],
    *,
    confirmed: bool,
    settled: Collection[str] = (),
) -> list[str]:
    """Keep what was written in a language and return the keys that changed. The caller commits.

    A text that differs from the one kept is marked as edited here; if it is the English, its
    translations are stale from now on. Only the texts in `settled` count as compared with the release.
    """
    changed = []
    for text in record.texts:
        value = _saved(text, lang, written.get(text.key, ""), confirmed=confirmed)
        if value != text.value:
            changed.append(text.key)
        is_new = lang in value and value[lang].shipped is None and text.path and not text.shipped(lang)
        if lang in value and (is_new or (text.key in settled and text.is_conflict(lang))):
            value = value.seen(lang, text.shipped(lang))
        if value != text.value:
            setattr(text.row, text.column, value.following(text.value))
    record.after(session)
    return changed


def _saved(text: Text, lang: str, new: str, *, confirmed: bool) -> Multilingual:
    here = text.version(lang)
    old = here.text if here else ""
    if new != (old or text.built_in(lang)):
        return text.value.edited(lang, new, _status(lang, confirmed=confirmed))
    if here is not None and old and lang != SOURCE and confirmed and here.status is not Status.CONFIRMED:
        return text.value.confirmed(lang)
    return text.value


def _status(lang: str, *, confirmed: bool) -> Status:
    if lang == SOURCE:
        return Status.ORIGINAL
    return Status.CONFIRMED if confirmed else Status.DRAFT


@cache
def shipped_texts(lang: str) -> dict[str, str]:
    """Return what the installed release ships in a language, by path; read once."""
    return read_strategy().texts.get(lang, {})
