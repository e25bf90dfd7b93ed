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
    """A text as one reader gets it: in their language, or in the source language instead."""

    text: str
    lang: str
    is_draft: bool
    is_missing: bool


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
        """Return the text in `lang`, or the source text marked as such."""
        version = self.get(lang)
        if version and version.text:
            return Told(version.text, lang, version.status is Status.DRAFT, is_missing=False)
        source = self.get(SOURCE)
        return Told(source.text if source else "", SOURCE, is_draft=False, is_missing=lang != SOURCE)

    def text_in(self, lang: str) -> str:
        """Return the bare text in `lang`, or in the source language."""
        return self.told_in(lang).text

    def loaded(self, lang: str, text: str) -> "Multilingual":
        """Return this text with `lang` as a release ships it; a translation starts as a draft."""
        status = Status.ORIGINAL if lang == SOURCE else Status.DRAFT
        return self._with(lang, Version(text, status, digest(text)))

    def edited(self, lang: str, text: str, status: Status) -> "Multilingual":
        """Return this text with `lang` as somebody wrote it here."""
        before = self.get(lang)
        return self._with(lang, Version(text, status, before.shipped if before else None))

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
