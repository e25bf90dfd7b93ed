"""`make bench`: CPU ms per request of each page next to a bare floor in the same run, on both databases.

Only the ratios mean anything: pages and floor run interleaved, three times, and the median counts.
"""

import os
import statistics
import tempfile
from pathlib import Path

import psycopg

from permille.app import create_app
from permille.foundation.database import db
from tests.benchmarks.measuring import Served, statements_of
from tests.benchmarks.seed import fill as fill_community
from tests.engines import SETTINGS, database_of, fill, postgresql_server

PAGES = {
    "home": "/en/",
    "objectives": "/en/objectives/",
    "objective": "/en/objectives/a1/",
    "portal": "/en/africa/",
}
ROUNDS, REQUESTS = 3, int(os.environ.get("BENCH_REQUESTS", "400"))
GOAL = 2.0
GOAL_UNCHANGED = 1.5


def measure(engine: str, url: str, folder: Path, beside: int | None = None) -> None:
    """Print the table of one database; `beside` is the process of a database server, counted too."""
    fill(url, folder)
    app = create_app(**SETTINGS, KEPT_PAGES=0, SQLALCHEMY_DATABASE_URI=url, INSTANCE=folder)
    with app.app_context():
        fill_community(db.session)
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
                    ("bare", floor.cpu_ms("/page/1/0", REQUESTS)),
                ):
                    spent.setdefault(f"{name} {key}", []).append(value)
        print(f"\n{engine}: CPU ms per request, median of {ROUNDS} rounds of {REQUESTS}")
        print("read: a page somebody has read since the last change; first: rendered anew each time")
        print(
            f"{'page':<12}{'read':>7}{'first':>7}{'floor':>7}{'ratio':>7}{'304':>7}{'bare':>7}{'ratio':>7}{'SQL':>5}{'bytes':>8}"
        )
        for name in PAGES:
            read, first, bottom, same, bare = (
                statistics.median(spent[f"{name} {key}"])
                for key in ("read", "first", "floor", "same", "bare")
            )
            over = read / bottom > GOAL or same / bare > GOAL_UNCHANGED
            print(
                f"{name:<12}{read:>7.2f}{first:>7.2f}{bottom:>7.2f}{read / bottom:>7.2f}{same:>7.2f}{bare:>7.2f}"
                f"{same / bare:>7.2f}{counts[name]:>5}{sizes[name]:>8}{'  above its goal' if over else ''}"
            )
        print(
            f"memory of the server (PSS): {product.memory_mb():.0f} MB; of the floor: {floor.memory_mb():.0f} MB"
        )


def main() -> None:
    """Measure on SQLite, then on PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/bench.db", Path(folder))
    with tempfile.TemporaryDirectory() as folder, postgresql_server() as uri:
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
            data = connection.execute("SHOW data_directory").fetchone()[0]
        beside = int((Path(data) / "postmaster.pid").read_text().splitlines()[0])
        measure("PostgreSQL, its own work included", database_of(uri, "bench"), Path(folder), beside)


if __name__ == "__main__":
    main()
