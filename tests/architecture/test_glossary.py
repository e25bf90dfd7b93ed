"""The terms of the domain inside sentences: wherever the English says one, the translation says the glossary's."""

import re
import tomllib

import pytest

from permille.foundation import paths
from permille.foundation.search import STEMMERS, fold, tokens
from tests.architecture.test_catalogs import TRANSLATED, catalog

GLOSSARY = tomllib.loads((paths.TRANSLATIONS / "glossary.toml").read_text("utf-8"))
OFTEN = 4
"""A term is compared when at least so many messages say it."""
MOSTLY = 0.85
"""Languages bend words: so many of the messages must say the term recognisably."""
ROOT_LETTERS = 4


def root(token: str) -> str:
    """Return the beginning of a word that its endings leave alone."""
    return token[: max(2, min(ROOT_LETTERS, len(token) - 1))]


def says(text: str, term: str, code: str) -> bool:
    """Tell whether a text says one of the ways the glossary writes a term."""
    ways = [way for way in re.split(r"[،,(（)）;；/]", term) if way.strip()]
    if code not in STEMMERS:
        return any(fold(way.strip()) in fold(text) for way in ways)
    said = tokens(text, code)
    return any(all(_begins(word, said, code) for word in way.split() if len(fold(word)) > 2) for way in ways)


def _begins(word: str, said: list[str], code: str) -> bool:
    return any(one.startswith(root(token)) for token in tokens(word, code) for one in said)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_sentence_says_the_glossarys_terms(code):
    compared = 0
    for term in GLOSSARY.values():
        english = re.compile(rf"\b{re.escape(term['en'].lower())}s?\b")
        found = [
            one
            for one in catalog(code)
            if one.id and isinstance(one.id, str) and english.search(one.id.lower())
        ]
        if len(found) < OFTEN:
            continue
        compared += 1
        unsaid = [one.id for one in found if not says(one.string, term[code], code)]
        assert len(unsaid) <= (1 - MOSTLY) * len(found), (
            f"{code}: {term['en']!r} is not {term[code]!r} in {unsaid}"
        )
    assert compared >= 6
