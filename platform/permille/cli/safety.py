"""Safety of an installation: what a server that is no demonstration refuses to start with."""

import stat
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from permille.foundation.database import db

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def unsafe(app: Flask) -> Iterator[str]:
    """Yield each reason not to serve, and how to mend it (3 statements on PostgreSQL)."""
    yield from _unnamed_proxy(app)
    yield from open_key(Path(app.config["INSTANCE"]))
    yield from _forgetful_database()


def _unnamed_proxy(app: Flask) -> Iterator[str]:
    if app.config["BASE_URL"].startswith("https:") and not app.config["PROXIES"]:
        yield (
            "PERMILLE_BASE_URL is https, but PERMILLE_PROXIES is 0: everybody would count as one address. "
            "Set it to the number of proxies in front, usually 1."
        )


def open_key(instance: Path) -> Iterator[str]:
    """Yield a reason when others can read the signing key."""
    path = instance / "secret.key"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield f"{path} can be read by others. Run: chmod 600 {path}"


def _forgetful_database() -> Iterator[str]:
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.connect() as connection:
        for name in DURABLE:
            if connection.scalar(text(f"SHOW {name}")) == "off":
                yield f"PostgreSQL may lose what it has confirmed: {name} is off. Set it to on."
