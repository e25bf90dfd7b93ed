"""Ids that are given once: SQLite gives the highest id again when its row is gone, unless the table says not to.

A table is changed as SQLite's manual says: a new one from the old one's own statement, the rows moved over,
the name taken over, the indexes made again. Everything else a table is made of stays to the letter.
"""

import re
from collections.abc import Callable

from sqlalchemy import Connection

ONCE = "AUTOINCREMENT"


def give_ids_once(connection: Connection) -> None:
    """Let no table of a SQLite database give an id twice; others never do. Foreign keys must be off."""
    for name, statement in _tables(connection):
        if ONCE not in statement:
            _rebuild(connection, name, statement, _once)
        number_on(connection, name)


def give_ids_again(connection: Connection) -> None:
    """Take `give_ids_once` back."""
    for name, statement in _tables(connection):
        if ONCE in statement:
            _rebuild(connection, name, statement, _again)


def number_on(connection: Connection, table: str) -> None:
    """Let a table's next id lie above every id it holds and every one the audit log knows of it."""
    highest = connection.exec_driver_sql(
        f"SELECT max(id) FROM (SELECT max(id) AS id FROM {table} UNION ALL "  # noqa: S608 (our own names)
        f"SELECT max(object_id) FROM audit_entry WHERE object_kind = '{table}') AS ids"
    ).scalar()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {highest or 1})")
    elif highest and _counts(connection):
        connection.exec_driver_sql(f"DELETE FROM sqlite_sequence WHERE name = '{table}'")  # noqa: S608
        connection.exec_driver_sql(f"INSERT INTO sqlite_sequence VALUES ('{table}', {highest})")  # noqa: S608


def name_key(connection: Connection, table: str) -> None:
    """Give the primary key of a SQLite table the name again that it lost when the table was rebuilt."""
    if connection.dialect.name != "sqlite":
        return
    query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
    statement = str(connection.exec_driver_sql(query, (table,)).scalar())
    _rebuild(connection, table, statement, _named)


def _counts(connection: Connection) -> bool:
    """Tell whether a SQLite database keeps count of ids at all; it did not before the third revision."""
    query = "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'"
    return bool(connection.exec_driver_sql(query).scalar())


def _tables(connection: Connection) -> list[tuple[str, str]]:
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%CONSTRAINT pk_%'"
    )
    return [(name, statement) for name, statement in found if name != "alembic_version"]


def _rebuild(connection: Connection, name: str, statement: str, change: Callable[[str, str], str]) -> None:
    indexes = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'table' AND sql IS NOT NULL", (name,)
    ).scalars()
    again = list(indexes)
    changed = _put(rf'CREATE TABLE "?{name}"?', f'CREATE TABLE "{name}_new"', change(name, statement))
    connection.exec_driver_sql(changed)
    connection.exec_driver_sql(f"INSERT INTO {name}_new SELECT * FROM {name}")  # noqa: S608 (our own names)
    connection.exec_driver_sql(f"DROP TABLE {name}")
    connection.exec_driver_sql(f"ALTER TABLE {name}_new RENAME TO {name}")
    for one in again:
        connection.exec_driver_sql(one)


def _once(name: str, statement: str) -> str:
    column = f"id INTEGER NOT NULL CONSTRAINT pk_{name} PRIMARY KEY {ONCE}"
    bare = _put(rf",\s*CONSTRAINT pk_{name} PRIMARY KEY \(id\)", "", statement)
    return _put(r"\bid INTEGER NOT NULL", column, bare)


def _again(name: str, statement: str) -> str:
    bare = _put(rf" CONSTRAINT pk_{name} PRIMARY KEY {ONCE}", "", statement)
    return _put(r"\s*\)\s*\Z", f", \n\tCONSTRAINT pk_{name} PRIMARY KEY (id)\n)", bare)


def _named(name: str, statement: str) -> str:
    return _put(rf" PRIMARY KEY {ONCE}", f" CONSTRAINT pk_{name} PRIMARY KEY {ONCE}", statement)


def _put(pattern: str, text: str, statement: str) -> str:
    changed, times = re.subn(pattern, lambda _found: text, statement)
    if times != 1:
        raise ValueError(f"{pattern!r} is there {times} times in {statement!r}")
    return changed
