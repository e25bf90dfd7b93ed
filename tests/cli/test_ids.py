"""Ids are given once: what the log or an old link says of somebody never becomes somebody else's."""

import re

from sqlalchemy import select, text

from permille.cli.backup import lines_of, summary_of, tables_of, write_archive
from permille.cli.restore import read_archive
from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.migrations import running
from permille.people.models import Person
from tests.people.following import sign_up


def last_person(app):
    with app.app_context():
        return db.session.scalars(select(Person.id).order_by(Person.id.desc())).first()


def contents(app):
    """Return what SQLite has written down of tables and indexes, and the digest of every table's rows."""
    with app.app_context(), db.engine.connect() as connection:
        written = {}
        if connection.dialect.name == "sqlite":
            rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
            written = {name: plain(sql) for name, sql in rows if not name.startswith("sqlite_")}
        return written, {one.name: summary_of(lines_of(connection, one)) for one in tables_of(connection)}


def plain(sql):
    return re.sub(r"\s+", "", sql.replace('"', ""))


def without_ids(written):
    """Leave out how the id is declared, and the column that is added in the same step."""
    key = r"CONSTRAINTpk_\w+PRIMARYKEYAUTOINCREMENT|,CONSTRAINTpk_\w+PRIMARYKEY\(id\)|,sinceDATE"
    return {name: re.sub(key, "", sql) for name, sql in written.items()}


def test_whoever_signs_up_after_the_last_one_left_is_somebody_else(app, browser, mails):
    sign_up(browser, mails)
    gone = last_person(app)
    assert browser.post("/en/me/delete/").status == 303
    sign_up(browser, mails)
    assert last_person(app) > gone


def test_every_table_gives_an_id_once(app):
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            sql = dict(
                connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
            )
            tables = [table.name for table in tables_of(connection)]
            assert [name for name in tables if "AUTOINCREMENT" not in sql[name]] == []


def test_the_step_to_ids_given_once_changes_nothing_else_and_leads_back(app):
    with app.app_context():
        db.session.remove()
        running.downgrade(db.engine, "0007")
        before, held = contents(app)
        running.downgrade(db.engine, "0006")
        down, held_down = contents(app)
        running.upgrade(db.engine, "0007")
        after, held_after = contents(app)
    assert not [name for name, sql in down.items() if "AUTOINCREMENT" in sql]
    assert without_ids(down) == without_ids(before)
    assert after == before
    assert held_after == held
    assert {name for name in held if held_down[name] != held[name]} == {"standing"}  # one column fewer


def test_an_id_the_log_remembers_is_not_given_after_the_step_or_a_restore(app, elsewhere, tmp_path):
    with app.app_context():
        db.session.add(AuditEntry(action="person.deleted", object_kind="person", object_id=5000))
        db.session.commit()
        db.session.remove()
        if db.engine.dialect.name == "sqlite":
            running.downgrade(db.engine, "0006")
            running.upgrade(db.engine)
            assert next_person("first") == 5001
        write_archive(tmp_path / "backup.zip")
    with elsewhere.app_context():
        read_archive(tmp_path / "backup.zip")
        assert next_person("second") > 5000


def next_person(who):
    one = Person(email=f"{who}@village.example", name="Next", language="en")
    db.session.add(one)
    db.session.commit()
    return one.id
