"""Backup and restore, as a drill: under load, elsewhere, counts and digests equal, and somebody signs in."""

import json
import threading
import zipfile

import click
import psycopg
import pytest
from sqlalchemy import func, select

from permille.app import create_app
from permille.cli.archive import read_archive, write_archive
from permille.foundation.database import db
from permille.people.models import Person
from tests.browser import Browser
from tests.engines import SETTINGS, database_of


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


def test_the_drill(app, elsewhere, tmp_path):
    file, stop, written = tmp_path / "backup.zip", threading.Event(), []

    def keep_writing():
        n = 0
        while not stop.is_set():
            with app.app_context():
                db.session.add(Person(email=f"load{n}@village.example", name="Load", affiliations=[]))
                db.session.commit()
            written.append(n)
            n += 1

    load = threading.Thread(target=keep_writing)
    load.start()
    with app.app_context():
        manifest = write_archive(file)
    stop.set()
    load.join()
    assert written

    with elsewhere.app_context():
        assert read_archive(file) == sum(one["rows"] for one in manifest["tables"].values())
        again = write_archive(tmp_path / "again.zip")
        assert again["tables"] == manifest["tables"]
    browser = Browser(elsewhere).sign_in("member@demo.example")
    assert "Mariana Quispe" in browser.get("/en/me/").text("main")
    assert "Soil Health Observatory" in browser.get("/en/search/?q=observatory").text("#results")
    browser.post("/en/objectives/c2/join/", role="member", contribution="After the restore.")
    assert browser.post("/en/objectives/c2/join/check/").status == 303


def test_a_restore_refuses_a_database_with_people_in_it(app, tmp_path):
    file = tmp_path / "backup.zip"
    with app.app_context():
        write_archive(file)
        before = db.session.scalar(select(func.count(Person.id)))
        db.session.rollback()
        with pytest.raises(click.ClickException, match="has people in it"):
            read_archive(file)
        assert db.session.scalar(select(func.count(Person.id))) == before


def test_a_damaged_archive_changes_nothing(app, elsewhere, tmp_path):
    file, damaged = tmp_path / "backup.zip", tmp_path / "damaged.zip"
    with app.app_context():
        write_archive(file)
    with zipfile.ZipFile(file) as good, zipfile.ZipFile(damaged, "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data.replace(b"Mariana", b"Marina ") if name == "person.jsonl" else data)
        assert json.loads(good.read("manifest.json"))["format"] == 1
    with elsewhere.app_context():
        with pytest.raises(click.ClickException, match="damaged"):
            read_archive(damaged)
        assert db.session.scalar(select(func.count(Person.id))) == 0
