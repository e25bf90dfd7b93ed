"""One text in several languages as one column, with its review status per language.

Stored as JSON: `{"en": {"text": …, "status": "original", "shipped": …}, "fr": {…}}`.
`shipped` is the digest of the text that came with the release and was loaded last: as long as it
matches `text`, a newer release may replace the text; once it differs, somebody edited it here.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

SOURCE = "en"


class Status(StrEnum):
    """How far a text in one language can be relied on."""

    ORIGINAL = "original"
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    STALE = "stale"
    """A translation of a source text that has changed since."""


@dataclass(frozen=True)
class Version:
    """The text in one language."""

    text: str
    status: Status
    shipped: str | None = None

    @property
    def is_edited_here(self) -> bool:
        """Whether somebody changed the text on this site after it was loaded from a release."""
        return self.shipped != digest(self.text)


@dataclass(frozen=True)
class Told:
    """A text as one reader gets it: in their language, or in one that has it instead."""

    text: str
    lang: str
    status: Status
    is_missing: bool

    @property
    def is_draft(self) -> bool:
        """Whether this is a translation in the reader's language that nobody has checked yet."""
        return not self.is_missing and self.status is Status.DRAFT

    @property
    def is_stale(self) -> bool:
        """Whether this is a translation in the reader's language of a text that has changed since."""
        return not self.is_missing and self.status is Status.STALE


class Multilingual(Mapping[str, Version]):
    """An immutable text in several languages."""

    def __init__(self, versions: Mapping[str, Version | dict[str, Any]] | None = None) -> None:
        # As they are stored until they are asked for: a page speaks one language of six.
        self._versions: dict[str, Version | dict[str, Any]] = dict(versions or {})

    def __getitem__(self, lang: str) -> Version:
        one = self._versions[lang]
        if isinstance(one, dict):
            one = self._versions[lang] = Version(one["text"], Status(one["status"]), one["shipped"])
        return one

    def __iter__(self) -> Iterator[str]:
        return iter(self._versions)

    def __len__(self) -> int:
        return len(self._versions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Multilingual) and dict(self.items()) == dict(other.items())

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.items())))

    def __bool__(self) -> bool:
        return any(version.text for version in self.values())

    def told_in(self, lang: str) -> Told:
        """Return the text in `lang`, else the source text, else that of any language, marked as such."""
        for one in (lang, SOURCE, *self):
            if self.has(one):
                return Told(self[one].text, one, self[one].status, is_missing=one != lang)
        return Told("", SOURCE, Status.ORIGINAL, is_missing=lang != SOURCE)

    def has(self, lang: str) -> bool:
        """Tell whether there is a text in `lang`."""
        version = self.get(lang)
        return version is not None and bool(version.text)

    def text_in(self, lang: str) -> str:
        """Return the bare text in `lang`, else in the source language, else in any."""
        return self.told_in(lang).text

    def loaded(self, lang: str, text: str) -> "Multilingual":
        """Return this text with `lang` as a release ships it; a translation starts as a draft."""
        status = Status.ORIGINAL if lang == SOURCE else Status.DRAFT
        return self._with(lang, Version(text, status, digest(text)))

    def edited(self, lang: str, text: str, status: Status) -> "Multilingual":
        """Return this text with `lang` as somebody wrote it here."""
        before = self.get(lang)
        return self._with(lang, Version(text, status, before.shipped if before else None))

    def following(self, before: "Multilingual") -> "Multilingual":
        """Return this text with the translations marked stale that did not follow a change of the source.

        `before` is the text as it was before one act; what that act translated anew is not stale.
        """
        if not (before.has(SOURCE) and self.has(SOURCE)) or before[SOURCE].text == self[SOURCE].text:
            return self
        left = [lang for lang, one in self.items() if lang != SOURCE and one.text and one == before.get(lang)]
        return Multilingual({**self, **{lang: replace(self[lang], status=Status.STALE) for lang in left}})

    def confirmed(self, lang: str) -> "Multilingual":
        """Return this text with the translation into `lang` confirmed."""
        return self._with(lang, replace(self[lang], status=Status.CONFIRMED))

    def seen(self, lang: str, shipped: str) -> "Multilingual":
        """Return this text with what a release ships for `lang` noted as seen, so that it is no conflict."""
        return self._with(lang, replace(self[lang], shipped=digest(shipped)))

    def _with(self, lang: str, version: Version) -> "Multilingual":
        return Multilingual({**self._versions, lang: version})


class MultilingualText(TypeDecorator[Multilingual]):
    """The column type of a `Multilingual`."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Multilingual | None, dialect: Dialect) -> Any:
        """Store every version with its status."""
        return {
            lang: {"text": one.text, "status": one.status.value, "shipped": one.shipped}
            for lang, one in ({} if value is None else value).items()
        }

    def process_result_value(self, value: Any, dialect: Dialect) -> Multilingual:
        """Read every version back."""
        return Multilingual(value)


def digest(text: str) -> str:
    """Return a short fingerprint of a text (96 bits of SHA-256, hexadecimal)."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]
