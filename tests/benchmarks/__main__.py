"""`make bench`: CPU ms per request of each page next to a bare floor in the same run, on both databases.

Only the ratios mean anything: pages and floor run interleaved, three times, and the median counts.
Ends with 1 when a page as readers get it is above its goal.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

import psycopg
from flask import Flask

from permille.app import create_app
from permille.foundation.database import db
from tests.benchmarks.candidates import SECRETARY
from tests.benchmarks.candidates import fill as fill_candidates
from tests.benchmarks.measuring import Served, statements_of
from tests.benchmarks.seed import fill as fill_community
from tests.engines import SETTINGS, database_of, fill, postgresql_server

PAGES = {
    "home": "/en/",
    "objectives": "/en/objectives/",
    "objective": "/en/objectives/a1/",
    "portal": "/en/africa/",
    "grid": "/en/vacancies/",
}
DESK = {
    "board": "/en/vacancies/board/",
    "candidates": "/en/vacancies/{seat}/candidates/",
    "consultees": "/en/vacancies/{seat}/consultation/",
    "answers": "/en/vacancies/{seat}/consultation/answers/",
    "nomination": "/en/vacancies/{seat}/nomination/",
    "mandates": "/en/mandates/",
}
"""Pages of the Secretariat, never kept: with 2,000 applications and 10,000 answers."""
LISTS = ("board", "mandates")
"""Those that list every seat, and have a goal; the others show all there is about one seat, to a few people."""
ROUNDS, REQUESTS = 3, int(os.environ.get("BENCH_REQUESTS", "400"))
DRAWN = REQUESTS // 4
GOAL = 2.0
GOAL_UNCHANGED = 1.5
GOAL_DESK = 3.0
WORKERS = 2
HEADS = ("read", "first", "floor", "read/floor", "first/floor", "304", "bare", "304/bare", "SQL", "bytes")


def measure(engine: str, url: str, folder: Path, beside: int | None = None) -> int:
    """Print the table of one database; returns how many pages are above a goal.

    `beside` is the process of a database server, counted too.
    """
    fill(url, folder)
    app = create_app(**SETTINGS, KEPT_PAGES=0, SQLALCHEMY_DATABASE_URI=url, INSTANCE=folder)
    with app.app_context():
        fill_community(db.session)
        seat = fill_candidates(db.session)
        db.session.remove()
        db.engine.dispose()
    counts = {name: statements_of(app, path) for name, path in PAGES.items()}
    with (
        Served("wsgi:app", url, folder, beside) as product,
        Served("wsgi:app", url, folder, beside, PERMILLE_KEPT_PAGES="0") as fresh,
        Served("tests.benchmarks.floor:app", url, folder, beside) as floor,
    ):
        sizes = {name: product.size(path) for name, path in PAGES.items()}
        spent: dict[str, list[float]] = {}
        for _round in range(ROUNDS):
            for name, path in PAGES.items():
                twin = f"/page/{counts[name]}/{sizes[name]}"
                for key, value in (
                    ("read", product.cpu_ms(path, REQUESTS)),
                    ("first", fresh.cpu_ms(path, REQUESTS)),
                    ("floor", floor.cpu_ms(twin, REQUESTS)),
                    ("same", product.cpu_ms(path, REQUESTS, unchanged=True)),
                    ("bare", floor.cpu_ms("/constant", REQUESTS)),
                ):
                    spent.setdefault(f"{name} {key}", []).append(value)
        print(f"\n{engine}: CPU ms per request, median of {ROUNDS} rounds of {REQUESTS}")
        print("read: a page somebody has read since the last change; first: rendered anew each time")
        print("304: an unchanged page; bare: a constant after one statement")
        print(f"{'page':<12}" + "".join(f"{head:>12}" for head in HEADS))
        missed = 0
        for name in PAGES:
            read, first, bottom, same, bare = (
                statistics.median(spent[f"{name} {key}"])
                for key in ("read", "first", "floor", "same", "bare")
            )
            over = read / bottom > GOAL or same / bare > GOAL_UNCHANGED
            missed += over
            figures = (read, first, bottom, read / bottom, first / bottom, same, bare, same / bare)
            row = "".join(f"{figure:>12.2f}" for figure in figures) + f"{counts[name]:>12}{sizes[name]:>12}"
            print(f"{name:<12}{row}{'  above its goal' if over else ''}")
        missed += measure_desk(app, seat, product, floor)
    print_memory(url, folder)
    return missed


def measure_desk(app: Flask, seat: str, product: Served, floor: Served) -> int:
    """Print what the pages of the Secretariat cost; returns how many lists are above their goal."""
    print(f"\n{'page':<12}" + "".join(f"{head:>12}" for head in ("drawn", "floor", "ratio", "SQL", "bytes")))
    product.sign_in(SECRETARY)
    missed = 0
    for name, pattern in DESK.items():
        path = pattern.format(seat=seat)
        count, size = statements_of(app, path, SECRETARY), product.size(path)
        spent = [
            (product.cpu_ms(path, DRAWN), floor.cpu_ms(f"/page/{count}/{size}", DRAWN)) for _ in range(ROUNDS)
        ]
        drawn, bottom = (statistics.median(column) for column in zip(*spent, strict=True))
        over = name in LISTS and drawn / bottom > GOAL_DESK
        missed += over
        row = "".join(f"{figure:>12.2f}" for figure in (drawn, bottom, drawn / bottom))
        print(f"{name:<12}{row}{count:>12}{size:>12}{'  above its goal' if over else ''}")
    return missed


def print_memory(url: str, folder: Path) -> None:
    """Print what the servers take with as many workers as in production, once each has drawn every page."""
    with (
        Served("wsgi:app", url, folder, workers=WORKERS) as product,
        Served("tests.benchmarks.floor:app", url, folder, workers=WORKERS) as floor,
    ):
        for path in list(PAGES.values()) * 20:
            product.size(path)
            floor.size("/page/2/10000")
        print(
            f"memory (PSS) with {WORKERS} workers: {product.memory_mb():.0f} MB; of the floor: {floor.memory_mb():.0f} MB"
        )


def main() -> int:
    """Measure on SQLite, then on PostgreSQL; returns how many goals were missed."""
    with tempfile.TemporaryDirectory() as folder:
        missed = measure("SQLite", f"sqlite:///{folder}/bench.db", Path(folder))
    with tempfile.TemporaryDirectory() as folder, postgresql_server() as uri:
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
            data = connection.execute("SHOW data_directory").fetchone()[0]
        beside = int((Path(data) / "postmaster.pid").read_text().splitlines()[0])
        url = database_of(uri, "bench")
        return missed + measure("PostgreSQL, its own work included", url, Path(folder), beside)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
