"""Settings of an installation: from the environment, with defaults that work on one machine."""

import os
import re
import secrets
import shlex
import tempfile
from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from permille.foundation.retention import PERIODS

LOOPBACK = ("localhost", "127.0.0.1")
MAIL_SCHEMES = ("smtp", "smtp+tls", "smtps")
UPLOAD_BYTES = 12 * 1024 * 1024
FORM_BYTES = 500 * 1024
FORM_PARTS = 100
TERM_MONTHS = 24
"""How long a mandate lasts, where nothing else is decided (the Initiative has not settled it)."""
KEPT_PAGES = 256
"""Rendered public pages a worker keeps: all there are today, in six languages, about 3 MB."""


class BadSetting(ValueError):
    """A setting of the environment that cannot be used; the message says which and why."""


def from_environment(environ: dict[str, str] | None = None) -> dict[str, Any]:
    """Read `PERMILLE_…` settings (and `PORT`) into a Flask configuration.

    Returns a mapping for `app.config`. Raises `BadSetting` for what cannot be used.
    """
    env = dict(os.environ) if environ is None else environ
    instance = Path(env.get("PERMILLE_INSTANCE") or "instance").resolve()
    base_url = (env.get("PERMILLE_BASE_URL") or f"http://localhost:{env.get('PORT') or '8000'}").rstrip("/")
    return {
        "INSTANCE": instance,
        "SQLALCHEMY_DATABASE_URI": database_url(env.get("PERMILLE_DATABASE_URL"), instance),
        "BASE_URL": base_url,
        "MAIL_URL": mail_url(env.get("PERMILLE_MAIL_URL") or f"folder:{instance / 'mail'}"),
        "MAIL_FROM": sender(env.get("PERMILLE_MAIL_FROM") or "4 per 1000 <no-reply@platform.invalid>"),
        "DEMONSTRATION": env.get("PERMILLE_DEMONSTRATION") == "1",
        "PROXIES": whole_number(env, "PERMILLE_PROXIES", 0),
        "LIMITS": limits(env.get("PERMILLE_LIMITS") or ""),
        "PASSWORD_LIST": env.get("PERMILLE_PASSWORD_LIST") or "",
        "KEPT_PAGES": whole_number(env, "PERMILLE_KEPT_PAGES", KEPT_PAGES),
        **{
            name: whole_number(env, f"PERMILLE_{name}", period.days, period.least)
            for name, period in PERIODS.items()
        },
        "TERM_MONTHS": whole_number(env, "PERMILLE_TERM_MONTHS", TERM_MONTHS),
        "SCAN_COMMAND": shlex.split(env.get("PERMILLE_SCAN_COMMAND") or ""),
        **web_settings(base_url),
    }


def whole_number(env: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    """Read a setting that is a whole number from `least` on. Raises `BadSetting` for anything else."""
    text = env.get(name) or str(default)
    if not text.isascii() or not text.isdigit():
        raise BadSetting(f"{name} must be a whole number, not {text!r}")
    if int(text) < least:
        raise BadSetting(f"{name} must be {least} or more, not {text}")
    return int(text)


def mail_url(url: str) -> str:
    """Return where mail goes: `folder:PATH`, or a server as `smtp://`, `smtp+tls://` or `smtps://`.

    Raises `BadSetting`, also for a password that would cross the net in clear.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "folder" and rest:
        return url
    if scheme not in MAIL_SCHEMES or not _has_host(url):
        raise BadSetting(
            "PERMILLE_MAIL_URL must look like smtp+tls://user:password@host:587 or folder:/var/mail"
        )
    parts = urlsplit(url)
    if scheme == "smtp" and parts.password and parts.hostname not in LOOPBACK:
        raise BadSetting("PERMILLE_MAIL_URL would send its password in clear: use smtp+tls:// or smtps://")
    return url


def sender(text: str) -> str:
    """Return the sender of every mail, `Name <address>` or an address alone. Raises `BadSetting`."""
    name, address = parseaddr(text)
    try:
        has_domain = bool(Address(name, addr_spec=address).domain)
    except (MessageError, ValueError, IndexError):
        has_domain = False
    if not has_domain:
        raise BadSetting(f"PERMILLE_MAIL_FROM must look like Name <no-reply@example.org>, not {text!r}")
    return text


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0  # reading a port that is none raises
    except ValueError:
        return False


def limits(text: str) -> dict[str, int]:
    """Read `name=number` pairs, separated by commas, that replace limits of the same names.

    Raises `BadSetting` for anything else.
    """
    pairs = [pair.strip().partition("=") for pair in text.split(",") if pair.strip()]
    for name, _sign, number in pairs:
        if not name or not number.isascii() or not number.isdigit():
            raise BadSetting("PERMILLE_LIMITS must look like search=60,export=10")
    return {name: int(number) for name, _sign, number in pairs}


def web_settings(base_url: str) -> dict[str, Any]:
    """Derive what Flask needs to know of the public address `base_url` (scheme and host)."""
    if not _has_host(base_url) or not re.fullmatch(r"https?://[^/?#@]+/?", base_url):
        raise BadSetting(f"PERMILLE_BASE_URL must look like https://example.org, not {base_url!r}")
    parts = urlsplit(base_url)
    is_https = parts.scheme == "https"
    is_local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not is_https and not is_local:
        raise BadSetting("PERMILLE_BASE_URL may use plain http only on this machine itself (localhost)")
    return {
        "TRUSTED_HOSTS": list(LOOPBACK) if is_local else [parts.hostname, *LOOPBACK],
        "SESSION_COOKIE_NAME": "__Host-sid" if is_https else "sid",
        "SESSION_COOKIE_SECURE": is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "MAX_CONTENT_LENGTH": FORM_BYTES,
        "MAX_FORM_MEMORY_SIZE": FORM_BYTES,
        "MAX_FORM_PARTS": FORM_PARTS,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def database_url(url: str | None, instance: Path) -> str:
    """Return the SQLAlchemy address of the database: the given one, or SQLite under `instance`."""
    if not url:
        return f"sqlite:///{instance / 'permille.db'}"
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def secret_keys(instance: Path) -> list[str]:
    """Read the signing keys kept in `instance`, writing a new one (mode 0600) the first time.

    The first line signs; what the keys on further lines have signed is still believed.
    """
    path = instance / "secret.key"
    try:
        instance.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_key(path)
        keys = path.read_text("utf-8").split()
    except OSError as error:
        raise BadSetting(f"PERMILLE_INSTANCE: {error.strerror}: {error.filename}") from error
    if not keys:
        raise BadSetting(f"{path} is empty. Restore it from a backup, or remove it and sign everybody out.")
    return keys


def _write_key(path: Path) -> None:
    # Whole or not at all: a crash half-way must not leave an empty key behind.
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(draft, path)
    except FileExistsError:  # another process was faster
        pass
    finally:
        os.unlink(draft)
