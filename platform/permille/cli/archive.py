"""`permille backup` and `permille restore`: one file for either database, proven by its counts and digests.

The archive holds every table as lines of JSON from one snapshot, and a manifest with the
revision, the number of rows and the SHA-256 of each table. The signing key is kept apart.
"""

import hashlib
import io
import json
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, Date, Table, func, insert, select, text

from permille.cli.opening import opened
from permille.foundation import search
from permille.foundation.clock import now
from permille.foundation.database import Base, Moment, db
from permille.foundation.multilingual import Multilingual, MultilingualText
from permille.migrations import running
from permille.migrations.tables import tables as _all
from permille.objectives.loading import index_objective
from permille.objectives.models import Objective
from permille.people.claims import index_organisation
from permille.people.indexing import index_person
from permille.people.models import Organisation, Person

FORMAT = 1
BATCH = 500
assert _all


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything in the database to FILE, as of one moment, while the platform runs."""
    with opened():
        manifest = write_archive(file)
    click.echo(f"{sum(one['rows'] for one in manifest['tables'].values())} rows in {file}")
    click.echo("The signing key (secret.key in the instance folder) is not in it: keep a copy elsewhere.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring back what FILE holds, into an empty database."""
    with opened():
        count = read_archive(file)
    click.echo(f"{count} rows are back, and their digests agree.")


def write_archive(file: Path) -> dict[str, Any]:
    """Write the archive and return its manifest."""
    manifest: dict[str, Any] = {"format": FORMAT, "written": now().isoformat(), "tables": {}}
    partial = file.with_name(file.name + ".partial")
    with _snapshot() as connection, zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        manifest["revision"] = connection.scalar(text("SELECT version_num FROM alembic_version"))
        for table in Base.metadata.sorted_tables:
            manifest["tables"][table.name] = _write_table(connection, table, archive)
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    partial.rename(file)
    return manifest


def _snapshot() -> Connection:
    if db.engine.dialect.name == "postgresql":
        return db.engine.connect().execution_options(isolation_level="REPEATABLE READ")
    return db.engine.connect().execution_options(read_only=True)


def _write_table(connection: Connection, table: Table, archive: zipfile.ZipFile) -> dict[str, Any]:
    digest, rows = hashlib.sha256(), 0
    with archive.open(f"{table.name}.jsonl", "w") as out:
        for row in connection.execute(select(table).order_by(table.c.id)).mappings():
            line = json.dumps(
                {key: _plain(value) for key, value in row.items()}, ensure_ascii=False, sort_keys=True
            )
            data = line.encode() + b"\n"
            out.write(data)
            digest.update(data)
            rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Multilingual):
        return MultilingualText().process_bind_param(value, None)  # type: ignore[arg-type]
    return value


def read_archive(file: Path) -> int:
    """Load an archive into an empty database and check it; returns the number of rows.

    Raises `click.ClickException`, with nothing changed, when the database has people in it
    or when what arrived is not what was written.
    """
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        if manifest.get("format") != FORMAT:
            raise click.ClickException(f"{file} has a form this version does not know")
        running.upgrade(db.engine, manifest["revision"])
        with db.engine.begin() as connection:
            if connection.scalar(select(func.count()).select_from(Person.__table__)):
                raise click.ClickException(
                    f"{db.engine.url.render_as_string()} has people in it: nothing was changed"
                )
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(table.delete())
            for table in Base.metadata.sorted_tables:
                _read_table(connection, table, archive, manifest["tables"][table.name])
            _set_sequences(connection)
    running.upgrade(db.engine)
    _index_again()
    return sum(one["rows"] for one in manifest["tables"].values())


def _read_table(
    connection: Connection, table: Table, archive: zipfile.ZipFile, wanted: dict[str, Any]
) -> None:
    data = archive.read(f"{table.name}.jsonl")
    if hashlib.sha256(data).hexdigest() != wanted["sha256"]:
        raise click.ClickException(f"{table.name}: the archive is damaged; nothing was changed")
    rows = [_typed(table, json.loads(line)) for line in io.BytesIO(data)]
    for start in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[start : start + BATCH])
    if connection.scalar(select(func.count()).select_from(table)) != wanted["rows"]:
        raise click.ClickException(f"{table.name}: not every row arrived; nothing was changed")


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    typed = {}
    for key, value in row.items():
        typed[key] = _value(table.c[key].type, value)
    return typed


def _value(kind: Any, value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"bytes"}:
        return b64decode(value["bytes"])
    if isinstance(kind, MultilingualText):
        return kind.process_result_value(value, None)  # type: ignore[arg-type]
    if value is not None and isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(kind, Date):
        return date.fromisoformat(value)
    return value


def _set_sequences(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608 (names of our own tables)
            f"(SELECT coalesce(max(id), 1) FROM {table.name}))"
        )


def _index_again() -> None:
    for kind, row_id, put in _indexed():
        search.take(db.session, kind, row_id)
        put()
    db.session.commit()


def _indexed() -> Iterator[tuple[str, int, Any]]:
    for objective in db.session.scalars(select(Objective)):
        yield "objective", objective.id, lambda one=objective: index_objective(db.session, one)
    for organisation in db.session.scalars(select(Organisation)):
        yield "organisation", organisation.id, lambda one=organisation: index_organisation(db.session, one)
    for person in db.session.scalars(select(Person).where(Person.is_listed)):
        yield "person", person.id, lambda one=person: index_person(db.session, one)
