"""Passwords: Argon2id, never hashed inside a write transaction, refused when easy to guess."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from permille.foundation.database import db

SHORTEST = 12
SHORTEST_PRIVILEGED = 15
LONGEST = 256

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
