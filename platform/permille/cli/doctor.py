"""`permille doctor`: check an installation and say what to mend."""

import os
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from permille.app import create_app
from permille.cli.demonstration import has_demonstration
from permille.cli.plainly import database_trouble
from permille.cli.safety import unsafe
from permille.cli.translations import PLURALS, gathered, problems_of
from permille.foundation.audit_chain import broken_chain
from permille.foundation.config import BadSetting
from permille.foundation.database import db
from permille.foundation.documents import scripts_without_font
from permille.foundation.mail import server_of
from permille.foundation.outbox import Job
from permille.foundation.site import ONLY, Site
from permille.foundation.zones import known_zones
from permille.migrations import running
from permille.objectives.models import Objective
from permille.objectives.reading import BadStrategy, read_strategy
from permille.people.guessable import judge
from permille.regions.models import BadRegion, all_regions
from permille.vacancies.checking import flaws

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
        app = create_app(IS_SERVING=False)
    except (BadSetting, BadRegion) as bad:
        yield "ERROR", str(bad)
        return
    except (SQLAlchemyError, ModuleNotFoundError) as bad:
        yield "ERROR", database_trouble(bad)
        return
    yield "ok", f"settings: {app.config['BASE_URL']}"
    yield from _sqlite(app)
    yield from judge(app.config["PASSWORD_LIST"])
    yield "ok", f"regions: {len(all_regions())}"
    yield _mail(str(app.config["MAIL_URL"]))
    yield from _fonts_and_zones()
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
            yield "ERROR", f"database: {database_trouble(gone)}"
        finally:
            db.session.remove()
            db.engine.dispose()


def _fonts_and_zones() -> Iterator[Finding]:
    absent = scripts_without_font()
    if absent:
        needs = f"fonts: none for {', '.join(absent)}, so documents show empty boxes. "
        yield "warn", needs + "On Debian: apt-get install fonts-noto-core fonts-noto-cjk"
    else:
        yield "ok", "fonts: for all languages"
    if not known_zones():
        yield "warn", "time zones: none, so deadlines show UTC only. On Debian: apt-get install tzdata"


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
    if db.session.get(Site, ONLY) is None:
        yield "ERROR", "database: the site's row is missing. Restore a backup: permille restore FILE"
        return
    yield "ok", "database"
    yield from (("warn" if app.config["DEMONSTRATION"] else "ERROR", reason) for reason in unsafe(app))
    yield from (("ERROR", f"audit log: {problem}") for problem in broken_chain(db.session))
    yield from (("ERROR", f"record: {problem}") for problem in flaws(db.session))
    yield _strategy()
    if has_demonstration(db.session) and not app.config["DEMONSTRATION"]:
        yield "ERROR", "demonstration accounts are there. Run: permille demo remove"
    failed = db.session.scalar(select(func.count(Job.id)).where(Job.failed_at.is_not(None)))
    if failed:
        yield "warn", f"mail: {failed} could not be delivered; see the desk"


def _strategy() -> Finding:
    try:
        wanted = [one.code for one in read_strategy().objectives]
    except BadStrategy as bad:
        return "ERROR", f"strategy: {bad.problems[0]}"
    there = set(db.session.scalars(select(Objective.code)))
    absent = [code for code in wanted if code not in there]
    if absent:
        return "ERROR", f"strategy: {', '.join(absent)} missing. Run: permille strategy load"
    return "ok", f"strategy: {len(wanted)} objectives"


def _mail(url: str) -> Finding:
    """Tell whether mail can leave: the folder can be written, or the server answers."""
    if url.startswith("folder:"):
        folder = Path(url.removeprefix("folder:"))
        there = next(path for path in (folder, *folder.parents) if path.exists())
        if there.is_dir() and os.access(there, os.W_OK):
            return "ok", f"mail: into {folder}"
        return "ERROR", f"mail: {folder} cannot be written. Mend its rights, or set PERMILLE_MAIL_URL."
    where = server_of(url)
    try:
        socket.create_connection(where, timeout=5).close()
    except OSError as error:
        return "ERROR", f"mail: {where[0]}:{where[1]} does not answer ({error}). Check PERMILLE_MAIL_URL."
    return "ok", f"mail: {where[0]}:{where[1]} answers"
