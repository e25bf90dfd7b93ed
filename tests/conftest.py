"""The stage every test plays on, once per database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select

from permille.app import create_app
from permille.foundation.database import db
from permille.foundation.outbox import Job
from tests.browser import Browser
from tests.cast import Cast, gather
from tests.compiled import hurry, share
from tests.engines import (
    SETTINGS,
    copied_postgresql,
    copied_sqlite,
    database_of,
    fill,
    keep_folder_modes,
    postgresql_server,
)


def pytest_configure(config: pytest.Config) -> None:
    hurry()
    if not hasattr(config, "workerinput"):  # the run as a whole, not one of its workers
        config.add_cleanup(keep_folder_modes())


@pytest.fixture(scope="session")
def filled_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    fill(f"sqlite:///{folder / 'filled.db'}", folder)
    return folder / "filled.db"


@pytest.fixture(scope="session")
def filled_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgresql_server() as uri:
        import psycopg

        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute("CREATE DATABASE filled")
        fill(database_of(uri, "filled"), tmp_path_factory.mktemp("postgresql"))
        yield uri


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        with copied_sqlite(request.getfixturevalue("filled_sqlite")) as url:
            yield url
    else:
        with copied_postgresql(request.getfixturevalue("filled_postgresql"), "filled") as url:
            yield url


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        **SETTINGS,
        SQLALCHEMY_DATABASE_URI=database_url,
        INSTANCE=tmp_path,
        MAIL_URL=f"folder:{tmp_path / 'mail'}",
    )
    share(app)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return gather(app)


@pytest.fixture
def mails(app: Flask):
    """Return a function that lists what waits in the outbox, oldest first."""

    def waiting() -> list[dict]:
        with app.app_context():
            return list(db.session.scalars(select(Job.payload).where(Job.done_at.is_(None)).order_by(Job.id)))

    return waiting


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement sent while the test runs, without the words that open and close transactions."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "COMMIT", "PRAGMA", "SET", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)
