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


def measure(engine: str, url: str, folder: Path) -> None:
    """Print the table of one database."""
    fill(url, folder)
    app = create_app(**SETTINGS, SQLALCHEMY_DATABASE_URI=url, INSTANCE=folder)
    with app.app_context():
        fill_community(db.session)
        db.session.remove()
        db.engine.dispose()
    counts = {name: statements_of(app, path) for name, path in PAGES.items()}
    with (
        Served("wsgi:app", url, folder) as product,
        Served("tests.benchmarks.floor:app", url, folder) as floor,
    ):
        sizes = {name: product.size(path) for name, path in PAGES.items()}
        spent: dict[str, list[float]] = {}
        for _round in range(ROUNDS):
            for name, path in PAGES.items():
                spent.setdefault(name, []).append(product.cpu_ms(path, REQUESTS))
                twin = f"/page/{counts[name]}/{sizes[name]}"
                spent.setdefault(f"{name} floor", []).append(floor.cpu_ms(twin, REQUESTS))
                spent.setdefault(f"{name} 304", []).append(product.cpu_ms(path, REQUESTS, unchanged=True))
        print(f"\n{engine}: CPU ms per request, median of {ROUNDS} rounds of {REQUESTS}")
        print(f"{'page':<12}{'ms':>8}{'floor':>8}{'ratio':>7}{'304 ms':>8}{'SQL':>5}{'bytes':>8}")
        for name in PAGES:
            own, bare, same = (
                statistics.median(spent[key]) for key in (name, f"{name} floor", f"{name} 304")
            )
            verdict = "" if own / bare <= GOAL else f"  above the goal of {GOAL}"
            print(
                f"{name:<12}{own:>8.2f}{bare:>8.2f}{own / bare:>7.2f}{same:>8.2f}{counts[name]:>5}{sizes[name]:>8}{verdict}"
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
        measure("PostgreSQL (application only)", database_of(uri, "bench"), Path(folder))


if __name__ == "__main__":
    main()
