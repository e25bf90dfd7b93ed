"""Sealing: what the database must keep but whoever copies it must not read, locked with the signing key.

An older key still opens what it has sealed, as with signatures (see `config.secret_keys`).
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app

PURPOSE = b"sealing"


class Unreadable(ValueError):
    """Sealed with a key that is not here any more."""


def seal(text: str) -> str:
    """Return the text encrypted and authenticated (Fernet) under the present key."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises `Unreadable`."""
    try:
        return _keys().decrypt(sealed.encode("ascii")).decode()
    except InvalidToken as unknown:
        raise Unreadable("sealed with another key") from unknown


def _keys() -> MultiFernet:
    config = current_app.config
    return MultiFernet(
        _key(secret) for secret in (config["SECRET_KEY"], *(config.get("SECRET_KEY_FALLBACKS") or ()))
    )


def _key(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret.encode(), PURPOSE, hashlib.sha256)))
