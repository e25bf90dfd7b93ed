"""Catalogs: the translators' `messages.po`, compiled in memory (a git-ignored `.mo` can be missing)."""

import io
from functools import cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from permille.foundation import paths
from permille.foundation.typesetting import typeset

SOURCE = "en"


class _Source(NullTranslations):
    """The source language: its messages are the texts themselves, only set."""

    def gettext(self, message: str) -> str:
        return typeset(message, SOURCE)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return typeset(msgid1 if n == 1 else msgid2, SOURCE)


@cache
def catalog(code: str) -> NullTranslations:
    """Return the compiled catalog of a language; the source language needs no file."""
    path = paths.TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    if code == SOURCE or not path.exists():
        return _Source()
    with path.open("rb") as po:
        messages = read_po(po, locale=code)
    for message in messages:
        if isinstance(message.string, str):
            message.string = typeset(message.string, code) if message.id else message.string
        elif message.string:
            message.string = tuple(typeset(form, code) for form in message.string)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)
