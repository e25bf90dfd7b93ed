"""Which passwords are guessed first: common words and phrases, walks over a keyboard, rows and repeats."""

import logging
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from permille.foundation.search import fold

COMMON = Path(__file__).with_name("common-passwords.txt")
ENOUGH_WORDS = 5
"""So many different common words in a row are hard to guess after all."""

SHORT_UNIT = 8
MOST_STEPS = 0.75
FEWEST_PAIRS = 6
FEW_LETTERS = 3
LOOKALIKES = str.maketrans("0134579@$!", "oieastgasi")
KEYBOARDS = (
    ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"),
    ("1234567890", "qwertzuiopü", "asdfghjklöä", "yxcvbnm,.-"),
    ("1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn,;:!"),
    ("1234567890", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    ("1234567890", "ضصثقفغعهخحجد", "شسيبلاتنمكط"),
)
SHIFTS = (0, 0.5, 0.75, 1.25)
"""How far each row of keys stands to the right."""


def is_guessable(password: str, own: tuple[str, ...], extra: str = "") -> bool:
    """Tell whether a password is among the first to be tried; `own` are texts of its owner, `extra` names a list."""
    folded = fold(password)
    bare = _bare(folded)
    letters = re.sub(r"\d", "", bare)
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    return (
        any(_repeats(text) or _is_walk(text) for text in (bare, letters))
        or any(_is_made_of_words(text, own) for text in (bare, _bare(core.translate(LOOKALIKES))))
        or not {bare, letters}.isdisjoint(listed(extra))
    )


def _bare(folded: str) -> str:
    return re.sub(r"[\W_]", "", folded)


def _repeats(text: str) -> bool:
    """Tell whether a text is one short unit over and over."""
    return bool(text) and (text + text).find(text, 1) < min(SHORT_UNIT, len(text))


def _is_walk(text: str) -> bool:
    """Tell whether most letters stand beside the one before, on some keyboard or in an alphabet."""
    pairs = list(pairwise(text))
    if len(pairs) < FEWEST_PAIRS:
        return False
    return any(
        sum(pair in beside or abs(ord(pair[0]) - ord(pair[1])) <= 1 for pair in pairs) / len(pairs)
        >= MOST_STEPS
        for beside in map(_neighbours, KEYBOARDS)
    )


@cache
def _neighbours(rows: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    keys = [
        (fold(key), place + shift, row)
        for row, (line, shift) in enumerate(zip(rows, SHIFTS, strict=False))
        for place, key in enumerate(line)
    ]
    return frozenset(
        (one, other)
        for one, x, row in keys
        for other, there, below in keys
        if abs(x - there) <= 1 and abs(row - below) <= 1
    )


def _is_made_of_words(text: str, own: tuple[str, ...]) -> bool:
    """Tell whether few letters are left once the owner's words and a few common ones are taken out."""
    personal = {word for one in own for word in re.findall(r"[^\W_]{3,}", fold(one))}
    rest = text
    for word in sorted(personal, key=len, reverse=True):
        rest = rest.replace(word, " ")
    used = set(_words().findall(rest))
    rest = _words().sub(" ", rest)
    left = len(re.findall(r"[^\W\d_]", rest))
    return rest != text and left < FEW_LETTERS and len(used) < ENOUGH_WORDS


@cache
def _words() -> re.Pattern[str]:
    lines = COMMON.read_text("utf-8").splitlines()
    words = {_bare(fold(word)) for line in lines if not line.startswith("#") for word in line.split()}
    return re.compile("|".join(sorted(map(re.escape, words - {""}), key=len, reverse=True)))


@cache
def listed(path: str) -> frozenset[str]:
    """Read the passwords of a file, one a line; nothing when there is no file, or none that can be read."""
    try:
        return frozenset(_lines(path)) if path else frozenset()
    except (OSError, UnicodeError):
        logging.getLogger(__name__).exception("the list of passwords cannot be read")
        return frozenset()


def _lines(path: str) -> Iterator[str]:
    with Path(path).open(encoding="utf-8") as file:
        yield from filter(None, (_bare(fold(line)) for line in file))


def judge(path: str) -> Iterator[tuple[str, str]]:
    """Yield what is to be said of a list of passwords that a setting names."""
    if path:
        known = len(listed(path))
        what = f"passwords: {known} from {path}"
        yield (
            ("ok", what)
            if known
            else ("ERROR", f"{path} cannot be read, or is empty. Mend PERMILLE_PASSWORD_LIST.")
        )
