"""Backup and restore, as a drill: under load, elsewhere, counts and digests equal, and somebody signs in."""

import json
import stat
import threading
import zipfile

import click
import pytest
from sqlalchemy import func, inspect, select

from permille.cli.backup import write_archive
from permille.cli.restore import read_archive
from permille.foundation.database import db
from permille.migrations import running
from permille.people.models import Organisation, Person
from tests.browser import Browser


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
        assert inspect(db.engine).get_table_names() == []


def test_what_is_no_archive_is_named_and_changes_nothing(elsewhere, tmp_path):
    (tmp_path / "note.txt").write_text("hello")
    with elsewhere.app_context(), pytest.raises(click.ClickException, match="not an archive"):
        read_archive(tmp_path / "note.txt")


def test_an_archive_of_a_newer_release_is_refused(app, elsewhere, tmp_path, monkeypatch):
    with app.app_context():
        write_archive(tmp_path / "backup.zip")
    monkeypatch.setattr(running, "revisions", lambda _engine: ["another"])
    with elsewhere.app_context(), pytest.raises(click.ClickException, match="newer release"):
        read_archive(tmp_path / "backup.zip")


def test_an_archive_of_the_first_release_is_taken_up_by_this_one(app, elsewhere, tmp_path):
    with app.app_context():
        db.session.remove()
        oldest = running.revisions(db.engine)[-1]
        running.move(db.engine, oldest)
        manifest = write_archive(tmp_path / "old.zip")
        assert manifest["revision"] == oldest
    with elsewhere.app_context():
        running.upgrade(db.engine)
        read_archive(tmp_path / "old.zip")
        assert running.is_at_head(db.engine)
    assert "Mariana Quispe" in Browser(elsewhere).sign_in("member@demo.example").get("/en/me/").text("main")


def test_an_organisation_merged_into_a_later_one_comes_back_merged(app, elsewhere, tmp_path):
    with app.app_context():
        first, *_, last = db.session.scalars(select(Organisation).order_by(Organisation.id))
        first.merged_into_id = last.id
        db.session.commit()
        ids = first.id, last.id
        write_archive(tmp_path / "backup.zip")
    with elsewhere.app_context():
        read_archive(tmp_path / "backup.zip")
        assert db.session.get(Organisation, ids[0]).merged_into_id == ids[1]


def test_an_archive_can_be_read_by_its_owner_only(app, tmp_path):
    with app.app_context():
        write_archive(tmp_path / "backup.zip")
    assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600
