"""Passwords: Argon2id, never hashed inside a write transaction, refused when easy to guess."""

import re
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from permille.foundation.database import db
from permille.foundation.languages import _
from permille.foundation.search import fold

SHORTEST = 12
SHORTEST_PRIVILEGED = 15
LONGEST = 256

COMMON = [
    "4p1000",
    "4per1000",
    "permille",
    "soil",
    "soils",
    "carbon",
    "agriculture",
    "farming",
    "climate",
    "platform",
    "taskforce",
    "initiative",
    "earth",
    "organic",
    "password",
    "passwort",
    "passphrase",
    "motdepasse",
    "contrasena",
    "senha",
    "parola",
    "secret",
    "letmein",
    "welcome",
    "bienvenue",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "dragon",
    "monkey",
    "master",
    "superman",
    "batman",
    "trustno",
    "starwars",
    "whatever",
    "freedom",
    "computer",
    "internet",
    "administrator",
    "admin",
    "administrateur",
    "secretary",
    "secretariat",
    "user",
    "guest",
    "test",
    "login",
    "default",
    "changeme",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "qwerty",
    "qwertz",
    "azerty",
    "asdfghjkl",
    "asdf",
    "zxcvbnm",
    "zxcv",
    "qazwsx",
    "abcdefghijklm",
    "abcdef",
    "abcd",
    "abc",
    "the",
    "please",
    "hello",
    "sol",
    "suelo",
    "terre",
    "boden",
    "monday",
    "january",
    "summer",
    "winter",
    "spring",
    "autumn",
    "google",
    "facebook",
]
"""Words that everybody tries first, and the words of this site. Put together, they are still easy to guess."""

ROWS = "01234567890123456789", "98765432109876543210"

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = BoundedSemaphore(2)
_dummy = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password; releases the database first, for hashing takes long."""
    db.session.rollback()
    with _at_once:
        return _hasher.hash(password)


def matches(known: str | None, password: str) -> bool:
    """Tell whether a password is right; an unknown account takes as long as a known one."""
    db.session.rollback()
    with _at_once:
        try:
            return _hasher.verify(known or _dummy, password[:LONGEST]) and known is not None
        except (VerificationError, InvalidHashError):
            return False


def weakness(password: str, *own: str, privileged: bool = False) -> str | None:
    """Say in the reader's language why a password will not do, or return None.

    `own` are texts that belong to the person, such as the name and the e-mail address; the
    privileged need a longer one. There are no rules about kinds of letters.
    """
    shortest = SHORTEST_PRIVILEGED if privileged else SHORTEST
    if len(password) < shortest:
        return _("Use at least %(n)s characters. Several words in a row are easy to remember.", n=shortest)
    if len(password) > LONGEST:
        return _("Use at most %(n)s characters.", n=LONGEST)
    if len(set(password)) < 5 or any(password in row for row in ROWS):
        return _("This password is easy to guess. Use more different characters.")
    if _is_made_of(password, own):
        return _(
            "This password is easy to guess: it is made of common words, or of your own name or address."
        )
    return None


def _is_made_of(password: str, own: tuple[str, ...]) -> bool:
    folded = fold(password)
    personal = [word for text in own for word in re.findall(r"[^\W_]{3,}", fold(text))]
    rest = folded
    for word in sorted({*COMMON, *personal}, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != folded and len(re.findall(r"[^\W\d_]", rest)) < 3
