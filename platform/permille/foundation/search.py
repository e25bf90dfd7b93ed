"""Search in six languages at once: tokens are made here, the engines only match them.

Letters are folded (accents, Arabic marks and variants), words give themselves and their stem,
Chinese runs give characters and pairs. Both engines therefore find the same.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

import snowballstemmer
from sqlalchemy import BigInteger, Subquery, select, text

from permille.foundation.database import Session

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0002ffff]+")
WORD = re.compile(r"[^\W_]+")
ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None}
)
STEMMERS = {"ar": "arabic", "en": "english", "fr": "french", "ru": "russian", "es": "spanish"}
ARTICLES = ("ال", "وال", "بال", "فال", "كال", "لل")
LONGEST_TOKEN = 64
MOST_TOKENS = 20_000
MOST_QUERY = 200
SHORTEST_PREFIX = 3


@cache
def _stemmer(lang: str) -> Any:
    return snowballstemmer.stemmer(STEMMERS[lang]) if lang in STEMMERS else None


def fold(words: str) -> str:
    """Fold what readers do not tell apart when they search: case, accents, Arabic letter forms."""
    lower = unicodedata.normalize("NFKC", words).casefold().translate(ARABIC)
    bare = "".join(c for c in unicodedata.normalize("NFD", lower) if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", bare)


def _runs(words: str) -> Iterable[tuple[bool, str]]:
    for word in WORD.findall(fold(words)):
        position = 0
        for han in HAN.finditer(word):
            if han.start() > position:
                yield False, word[position : han.start()]
            yield True, han.group()
            position = han.end()
        if position < len(word):
            yield False, word[position:]


def _forms(word: str, lang: str) -> list[str]:
    forms = [word]
    stemmer = _stemmer(lang)
    if stemmer:
        forms.append(fold(stemmer.stemWord(word)))
    forms += [
        word[len(start) :] for start in ARTICLES if word.startswith(start) and len(word) > len(start) + 2
    ]
    return [form[:LONGEST_TOKEN] for form in dict.fromkeys(forms) if form]


def tokens(words: str, lang: str) -> list[str]:
    """Return the tokens of a text in `lang`, for the index."""
    found: list[str] = []
    for is_han, run in _runs(words):
        if is_han:
            found += [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
        else:
            found += _forms(run, lang)
    return found[:MOST_TOKENS]


def groups(query: str, lang: str) -> list[list[tuple[str, bool]]]:
    """Return what to look for: every group must match, by one of its `(token, as a prefix)`."""
    wanted: list[list[tuple[str, bool]]] = []
    for is_han, run in _runs(query[:MOST_QUERY]):
        if not is_han:
            wanted.append([(form, len(form) >= SHORTEST_PREFIX) for form in _forms(run, lang)])
        elif len(run) == 1:
            wanted.append([(run, False)])
        else:
            wanted += [[(run[i : i + 2], False)] for i in range(len(run) - 1)]
    return wanted


def put(session: Session, kind: str, row_id: int, versions: dict[str, str]) -> None:
    """Index a thing under `kind` and its id with its text per language (2 statements)."""
    take(session, kind, row_id)
    found = list(dict.fromkeys(token for lang, words in versions.items() for token in tokens(words, lang)))
    if _is_postgresql(session):
        value = " ".join(f"'{token}':{min(n + 1, 16383)}" for n, token in enumerate(found))
        statement = "INSERT INTO search_index (kind, row_id, tokens) VALUES (:k, :i, CAST(:t AS tsvector))"
    else:
        value = " ".join(found)
        statement = "INSERT INTO search_index (kind, row_id, tokens) VALUES (:k, :i, :t)"
    session.execute(text(statement), {"k": kind, "i": row_id, "t": value})


def take(session: Session, kind: str, row_id: int) -> None:
    """Take a thing out of the index."""
    session.execute(
        text("DELETE FROM search_index WHERE kind = :k AND row_id = :i"), {"k": kind, "i": row_id}
    )


def empty(session: Session) -> None:
    """Take everything out of the index, to make it anew."""
    session.execute(text("DELETE FROM search_index"))


def find(session: Session, kind: str, query: str, lang: str, limit: int) -> list[int]:
    """Return the ids of up to `limit` things of `kind` that match, newest first (1 statement)."""
    ids = matching(session, kind, query, lang)
    if ids is None:
        return []
    return list(session.scalars(select(ids.c.row_id).order_by(ids.c.row_id.desc()).limit(limit)))


def matching(session: Session, kind: str, query: str, lang: str) -> Subquery | None:
    """Return all things of `kind` that match, as a subquery with their `row_id`; None when nothing can."""
    wanted = groups(query, lang)
    if not wanted:
        return None
    if _is_postgresql(session):
        condition, q = "tokens @@ CAST(:q AS tsquery)", _as_tsquery(wanted)
    else:
        condition, q = "search_index MATCH :q", f"tokens : ({_as_fts5(wanted)})"
    statement = f"SELECT row_id FROM search_index WHERE kind = :k AND {condition}"  # noqa: S608
    return text(statement).bindparams(k=kind, q=q).columns(row_id=BigInteger).subquery("matching")


def _as_fts5(wanted: list[list[tuple[str, bool]]]) -> str:
    parts = (" OR ".join(f'"{token}"{"*" if prefix else ""}' for token, prefix in group) for group in wanted)
    return " AND ".join(f"({part})" for part in parts)


def _as_tsquery(wanted: list[list[tuple[str, bool]]]) -> str:
    parts = (" | ".join(f"'{token}'{':*' if prefix else ''}" for token, prefix in group) for group in wanted)
    return " & ".join(f"({part})" for part in parts)


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def create_statements(dialect: str) -> list[str]:
    """Return what creates the index on an engine (`sqlite` or `postgresql`), for the migration."""
    if dialect == "postgresql":
        return [
            "CREATE TABLE search_index (kind VARCHAR(40) NOT NULL, row_id BIGINT NOT NULL, "
            "tokens TSVECTOR NOT NULL, PRIMARY KEY (kind, row_id))",
            "CREATE INDEX ix_search_index_tokens ON search_index USING gin (tokens)",
        ]
    return [
        "CREATE VIRTUAL TABLE search_index USING fts5"
        "(kind UNINDEXED, row_id UNINDEXED, tokens, tokenize='unicode61 remove_diacritics 0')"
    ]
