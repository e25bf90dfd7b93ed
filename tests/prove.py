"""`make prove`: the whole of every campaign, in named parts that can be taken up again where they stopped.

What a part found is kept in `tests/.proof.json` under a digest of the sources; a part runs again only
when they have changed. `make prove ARGS="races-sqlite look-ar"` runs some. The figures of all parts
are written to `tests/PROOF.md`.
"""

import contextlib
import hashlib
import json
import logging
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from permille import __version__
from permille.app import create_app
from permille.foundation.database import db
from permille.foundation.languages import LANGUAGES
from tests.architecture.sources import ROOT
from tests.campaigns import breaking, journeys, look, mailing, nonsense, starting
from tests.campaigns.candidacies import CANDIDACIES
from tests.campaigns.chain import walk
from tests.campaigns.doubles import DOUBLES
from tests.campaigns.lists import LISTS
from tests.campaigns.nominations import NOMINATIONS
from tests.campaigns.races import RACES
from tests.campaigns.texts import TEXTS
from tests.cast import gather
from tests.engines import SETTINGS, copied_postgresql, copied_sqlite, database_of, fill, postgresql_server

KEPT = ROOT / "tests" / ".proof.json"
REPORT = ROOT / "tests" / "PROOF.md"
PROVEN = ("platform/permille", "templates", "static", "translations", "regions", "tests/campaigns")
TRIALS = 1_000
ROUNDS, REQUESTS, KILLS, EXAMPLES = 150, 12_000, 30, 20_000
WALKS, WALKERS = 250, 4
SMALLER = {"storing": 5_000, "searching": 3_000, "attacks": 1_000}
"""Examples that ask the database or draw pages are fewer: a part stays under ten minutes."""

Part = Callable[[str, Path], dict[str, int]]


def parts() -> dict[str, tuple[str, Part]]:
    """Return every part by name: the engine it needs, and what it does."""
    found: dict[str, tuple[str, Part]] = {}
    for engine in ("sqlite", "postgresql"):
        found |= {
            f"race-{name}-{engine}": (engine, partial(_in_app, race, ROUNDS))
            for name, race in (RACES | DOUBLES | LISTS).items()
        }
        found |= {
            f"race-{name}-{engine}": (engine, partial(_in_app, race, TRIALS))
            for name, race in (CANDIDACIES | NOMINATIONS).items()
        }
        found |= {
            f"chain-{first}-{engine}": (engine, partial(_in_app, partial(walk, first=first), WALKS))
            for first in range(1, WALKERS + 1)
        }
        found |= {
            f"text-{name}-{engine}": (engine, partial(_in_app, proof, SMALLER.get(name, EXAMPLES)))
            for name, proof in TEXTS.items()
            if engine == "sqlite" or name in ("searching", "attacks")
        }
        found[f"nonsense-{engine}"] = (engine, partial(_in_app, nonsense.run, REQUESTS))
        found[f"mail-{engine}"] = (engine, partial(_in_app, mailing.killing, KILLS))
    found["journeys"] = ("sqlite", lambda _url, _folder: journeys.travelling())
    found["starting"] = ("sqlite", lambda _url, folder: starting.starting(folder, 5))
    found["rules"] = ("sqlite", lambda _url, folder: breaking.breaking(folder))
    for lang in LANGUAGES:
        found[f"look-{lang}"] = ("sqlite", partial(_look, lang))
    return found


def _in_app(campaign: Any, size: int, url: str, folder: Path) -> dict[str, int]:
    app = create_app(**SETTINGS, SQLALCHEMY_DATABASE_URI=url, INSTANCE=folder)
    try:
        return campaign(app, gather(app), size)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _look(lang: str, url: str, folder: Path) -> dict[str, int]:
    return look.looking(url, folder, lang)


@contextlib.contextmanager
def _databases() -> Iterator[Callable[[str], Any]]:
    """Yield a function that gives a fresh copy of the filled database of an engine."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server: list[str] = []

        def fresh(engine: str) -> Any:
            if engine == "sqlite":
                if not (home / "filled.db").exists():
                    fill(f"sqlite:///{home / 'filled.db'}", home)
                return copied_sqlite(home / "filled.db")
            if not server:
                server.append(stack.enter_context(postgresql_server()))
                with psycopg.connect(server[0], autocommit=True) as connection:
                    connection.execute("CREATE DATABASE filled")
                fill(database_of(server[0], "filled"), home)
            return copied_postgresql(server[0], "filled")

        yield fresh


def sources() -> str:
    """Return a digest of everything a proof is about."""
    listed = subprocess.run(
        ["git", "ls-files", *PROVEN], cwd=ROOT, capture_output=True, text=True, check=True
    )
    digest = hashlib.sha256()
    for name in listed.stdout.split():
        if (ROOT / name).is_file():
            digest.update(name.encode() + (ROOT / name).read_bytes())
    return digest.hexdigest()[:16]


def run(name: str, engine: str, part: Part, fresh: Any) -> dict[str, Any]:
    """Run one part and return its record; a failure is a record too."""
    began = time.monotonic()
    print(f"{name} …", end=" ", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            with fresh(engine) as url:
                figures, failure = part(url, Path(folder)), ""
        except AssertionError as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            figures, failure = {}, str(error)[:500] or f"{where.filename}:{where.lineno}: {where.line}"
    seconds = round(time.monotonic() - began)
    print(failure or f"{figures} in {seconds} s", flush=True)
    day = f"{datetime.now(UTC):%Y-%m-%d %H:%M}"
    return {"figures": figures, "failure": failure, "seconds": seconds, "day": day, "sources": sources()}


def report(kept: dict[str, Any]) -> str:
    """Return the summary of all parts as a page of Markdown."""
    rows = ["# What the campaigns found", "", "Written by `make prove`. Times are UTC.", ""]
    rows += ["| Part | Figures | Seconds | When |", "|---|---|---|---|"]
    for name in parts():
        one = kept.get(name)
        if one is None:
            rows.append(f"| {name} | not run yet | | |")
            continue
        figures = ", ".join(f"{key} {value:,}" for key, value in one["figures"].items())
        stale = "" if one["sources"] == sources() else " (the sources have changed since)"
        rows.append(
            f"| {name} | {'FAILED: ' + one['failure'] if one['failure'] else figures} | {one['seconds']} | {one['day']}{stale} |"
        )
    rows += [
        "",
        f"Platform {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.",
    ]
    return "\n".join(rows) + "\n"


def main(wanted: list[str]) -> int:
    """Run the wanted parts, or all that are missing or out of date; returns how many failed."""
    logging.disable(logging.INFO)  # the journal of thousands of requests would bury the figures
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    known = parts()
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"unknown: {', '.join(unknown)}. There are: {', '.join(known)}")
        return 2
    with _databases() as fresh:
        for name, (engine, part) in known.items():
            done = kept.get(name, {})
            if name in wanted or (not wanted and (done.get("sources") != sources() or done.get("failure"))):
                kept[name] = run(name, engine, part, fresh)
                KEPT.write_text(json.dumps(kept, indent=1), "utf-8")
                REPORT.write_text(report(kept), "utf-8")
    return sum(bool(one["failure"]) for name, one in kept.items() if name in known)


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
