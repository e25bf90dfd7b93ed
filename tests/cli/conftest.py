"""Typing a command for this test's database."""

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import make_url

from permille.app import create_app
from permille.cli import main
from permille.foundation.database import db
from tests.engines import SETTINGS, database_of

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


@pytest.fixture
def set_durable(database_url):
    """Return a function that lets the PostgreSQL of the tests keep what it confirms, or not; SQLite always does."""

    def set_all(value):
        if not database_url.startswith("postgresql"):
            return
        url = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            for name in DURABLE:
                connection.execute(f"ALTER SYSTEM SET {name} = {value}")
            connection.execute("SELECT pg_reload_conf()")
        for _ in range(500):
            with psycopg.connect(url) as connection:
                if connection.execute("SHOW fsync").fetchone() == (value,):
                    return
        raise AssertionError("the settings were not taken up")

    yield set_all
    set_all("off")


@pytest.fixture
def typed(database_url, tmp_path, monkeypatch):
    """Return a function that types a command for this test's database."""
    monkeypatch.setenv("PERMILLE_DATABASE_URL", database_url)
    monkeypatch.setenv("PERMILLE_INSTANCE", str(tmp_path))
    monkeypatch.delenv("PERMILLE_DEMONSTRATION", raising=False)

    def run(*words):
        return CliRunner().invoke(main, words)

    return run


@pytest.fixture
def elsewhere(request, tmp_path, database_url):
    """An empty database of the same kind."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{folder / 'new.db'}"
    else:
        uri = request.getfixturevalue("filled_postgresql")
        name = f"restored_{tmp_path.name}"[:60].lower()
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        url = database_of(uri, name)
    app = create_app(**SETTINGS, SQLALCHEMY_DATABASE_URI=url, INSTANCE=folder)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
