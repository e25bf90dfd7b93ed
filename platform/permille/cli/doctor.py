"""`permille doctor`: check an installation and say what to mend."""

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from permille.app import create_app
from permille.cli.demonstration import has_demonstration
from permille.cli.translations import PLURALS, gathered, problems_of
from permille.foundation.config import BadSetting
from permille.foundation.database import db
from permille.foundation.outbox import Job
from permille.migrations import running
from permille.objectives.models import Goal, Objective
from permille.regions.models import BadRegion, all_regions

Finding = tuple[str, str]
SAFE_SQLITE = ((3, 44, 6), (3, 50, 7))


@click.command()
def doctor() -> None:
    """Check the configuration. Exits with 1 when something must be mended."""
    findings = list(examine())
    for level, text in findings:
        click.echo(f"{level:<6} {text}")
    if any(level == "ERROR" for level, _text in findings):
        raise SystemExit(1)


def examine() -> Iterator[Finding]:
    """Yield what is found: `ok`, `warn` or `ERROR`, and what to do."""
    try:
        app = create_app()
    except (BadSetting, BadRegion) as bad:
        yield "ERROR", str(bad)
        return
    yield "ok", f"settings: {app.config['BASE_URL']}"
    yield from _secret(Path(app.config["INSTANCE"]))
    yield from _sqlite(app)
    yield "ok", f"regions: {len(all_regions())}"
    wanted = {message.id for message in gathered() if message.id}
    missing = len([problem for lang in PLURALS for problem in problems_of(lang, wanted)])
    yield (
        ("warn", f"catalogs: {missing} gaps; run permille translations check")
        if missing
        else ("ok", "catalogs")
    )
    with app.app_context():
        try:
            yield from _database(app)
        except OperationalError as gone:
            yield "ERROR", f"database: {gone.orig}. Check PERMILLE_DATABASE_URL."
        finally:
            db.session.remove()
            db.engine.dispose()


def _secret(instance: Path) -> Iterator[Finding]:
    path = instance / "secret.key"
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield "ERROR", f"{path} can be read by others. Run: chmod 600 {path}"
    else:
        yield "ok", "signing key"


def _sqlite(app: Flask) -> Iterator[Finding]:
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return
    version = sqlite3.sqlite_version_info
    safe = version >= (3, 51, 3) or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in SAFE_SQLITE
    )
    if safe or version < (3, 7, 0):
        yield "ok", f"SQLite {sqlite3.sqlite_version}"
    else:
        yield (
            "warn",
            (
                f"SQLite {sqlite3.sqlite_version} can lose a commit in a rare race. Use PostgreSQL, "
                "or a fixed libsqlite3 (3.44.6, 3.50.7, 3.51.3 or newer) through LD_LIBRARY_PATH."
            ),
        )


def _database(app: Flask) -> Iterator[Finding]:
    if not running.is_at_head(db.engine):
        yield "ERROR", "database: not up to date. Run: permille db upgrade"
        return
    yield "ok", "database"
    count = (
        db.session.scalar(select(func.count(Goal.id))),
        db.session.scalar(select(func.count(Objective.id))),
    )
    yield (
        ("ok", "strategy")
        if count == (6, 24)
        else ("ERROR", "strategy: incomplete. Run: permille strategy load")
    )
    if has_demonstration(db.session) and not app.config["DEMONSTRATION"]:
        yield "ERROR", "demonstration accounts are there. Run: permille demo remove"
    failed = db.session.scalar(select(func.count(Job.id)).where(Job.failed_at.is_not(None)))
    yield ("warn", f"mail: {failed} could not be delivered; see the desk") if failed else ("ok", "mail")
