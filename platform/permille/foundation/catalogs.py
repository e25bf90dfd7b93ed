"""Catalogs: the translators' `messages.po`, compiled in memory (a git-ignored `.mo` can be missing)."""

import io
from functools import cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from permille.foundation import paths

SOURCE = "en"


@cache
def catalog(code: str) -> NullTranslations:
    """Return the compiled catalog of a language; the source language needs none."""
    source = paths.TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    if code == SOURCE or not source.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as po:
        write_mo(compiled, read_po(po, locale=code))
    compiled.seek(0)
    return Translations(compiled)
