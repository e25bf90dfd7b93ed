"""Passwords: Argon2id, never hashed inside a write transaction, refused when easy to guess."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from permille.foundation.database import db
from permille.foundation.languages import _
from permille.people.guessable import is_guessable

SHORTEST = 12
SHORTEST_PRIVILEGED = 15
LONGEST = 256
FEWEST_DIFFERENT = 5

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


def shortest(*, privileged: bool) -> int:
    """Return how many characters a password needs; the privileged need more."""
    return SHORTEST_PRIVILEGED if privileged else SHORTEST


def weakness(password: str, *own: str, privileged: bool = False) -> str | None:
    """Say in the reader's language why a password will not do, or return None.

    `own` are texts that belong to the person, such as the name and the e-mail address; the
    privileged need a longer one. There are no rules about kinds of letters.
    """
    fewest = shortest(privileged=privileged)
    if len(password) < fewest:
        return _("Use at least %(n)s characters. Several words in a row are easy to remember.", n=fewest)
    if len(password) > LONGEST:
        return _("Use at most %(n)s characters.", n=LONGEST)
    if len(set(password)) < FEWEST_DIFFERENT:
        return _("This password is easy to guess. Use more different characters.")
    if is_guessable(password, own, current_app.config.get("PASSWORD_LIST", "")):
        return _(
            "This password is easy to guess: it is made of common words, or of your own name or address."
        )
    return None
