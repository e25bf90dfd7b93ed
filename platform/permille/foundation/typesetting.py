"""Typesetting of our own words: the name of the Initiative stays on one line, English quotes curl.

Messages are written with plain letters; they are set once, when the catalogs are read.
"""

import re
from functools import lru_cache

NAMES = {
    "ar": "4 في الألف",
    "en": "4 per 1000",
    "es": "4 por 1000",
    "fr": "4 pour 1000",
    "ru": "4 на 1000",
}
"""The Initiative's name where it has gaps a line could break at; Chinese writes it without."""

NO_BREAK = "\u00a0"
_QUOTED = re.compile(r'"([^"]*)"')


@lru_cache(maxsize=4096)
def typeset(text: str, lang: str) -> str:
    """Return a text as it is shown in a language."""
    if lang == "en":
        text = _QUOTED.sub("“\\1”", text)
    name = NAMES.get(lang, "")
    return text.replace(name, name.replace(" ", NO_BREAK)) if name else text
