"""`permille restore`: bring an archive back into an empty database of either kind, and prove that it arrived."""

import io
import json
import zipfile
from base64 import b64decode
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, Date, DateTime, Table, func, inspect, select, text, update

from permille.cli.backup import FORMAT, lines_of, summary_of, tables_of
from permille.cli.opening import opened
from permille.foundation import search
from permille.foundation.database import db
from permille.migrations import running
from permille.migrations.numbering import number_on
from permille.objectives.loading import index_objective
from permille.objectives.models import Objective
from permille.people.claims import index_organisation
from permille.people.indexing import index_person
from permille.people.models import Organisation, Person

BATCH = 500


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring back what FILE holds, into an empty database."""
    with opened():
        count = read_archive(file)
    click.echo(f"{count} rows are back, and their digests agree.")


def read_archive(file: Path) -> int:
    """Load an archive into an empty database and check it; returns the number of rows.

    Raises `click.ClickException`, with nothing changed, when the archive is damaged or of a newer
    release, or when the database has people or an audit log in it; with no row changed when what can be read
    back is not what was written.
    """
    with _opened_archive(file) as archive:
        manifest = _checked_manifest(file, archive)
        _refuse_what_is_kept()
        db.session.remove()
        running.move(db.engine, manifest["revision"])
        with db.engine.begin() as connection:
            tables = tables_of(connection)
            for table in reversed(tables):
                connection.execute(table.delete())
            for table in tables:
                _load(connection, table, archive)
            for table in tables:
                if summary_of(lines_of(connection, table)) != manifest["tables"][table.name]:
                    raise click.ClickException(f"{table.name}: what arrived differs; no row was changed")
            for table in tables:
                number_on(connection, table.name)
    running.upgrade(db.engine)
    _index_again()
    return sum(one["rows"] for one in manifest["tables"].values())


def _opened_archive(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile) as error:
        raise click.ClickException(f"{file} is not an archive of this platform: {error}") from error


def _checked_manifest(file: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    except (KeyError, ValueError) as error:
        raise click.ClickException(f"{file} has no manifest; nothing was changed") from error
    if manifest.get("format") != FORMAT or manifest["revision"] not in running.revisions(db.engine):
        raise click.ClickException(f"{file} was written by a newer release; nothing was changed")
    for name, wanted in manifest["tables"].items():
        try:
            intact = summary_of(iter(_lines(archive, name))) == wanted
        except (KeyError, zipfile.BadZipFile):
            intact = False
        if not intact:
            raise click.ClickException(f"{name}: the archive is damaged; nothing was changed")
    return manifest


def _lines(archive: zipfile.ZipFile, name: str) -> list[bytes]:
    return list(io.BytesIO(archive.read(f"{name}.jsonl")))


def _refuse_what_is_kept() -> None:
    # An audit log outlives its people, and the database lets nobody empty it.
    with db.engine.connect().execution_options(read_only=True) as connection:
        for table, what in (("person", "people"), ("audit_entry", "an audit log")):
            there = inspect(connection).has_table(table)
            if there and connection.scalar(select(func.count()).select_from(text(table))):
                where = db.engine.url.render_as_string()
                raise click.ClickException(f"{where} has {what} in it: nothing was changed")


def _load(connection: Connection, table: Table, archive: zipfile.ZipFile) -> None:
    rows = [_typed(table, json.loads(line)) for line in _lines(archive, table.name)]
    # A row may point at a later one of its own table: such pointers are set once all rows are there.
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    pointing = [row for row in rows if any(row[name] is not None for name in own)]
    bare = [{**row, **dict.fromkeys(own)} for row in rows]
    for start in range(0, len(bare), BATCH):
        connection.execute(table.insert(), bare[start : start + BATCH])
    for row in pointing:
        pointers = {name: row[name] for name in own}
        connection.execute(update(table).where(table.c.id == row["id"]).values(pointers))


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(table.c[key].type, value) for key, value in row.items()}


def _value(kind: Any, value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"bytes"}:
        return b64decode(value["bytes"])
    if value is not None and isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(kind, Date):
        return date.fromisoformat(value)
    return value


def _index_again() -> None:
    search.empty(db.session)
    for objective in db.session.scalars(select(Objective)):
        index_objective(db.session, objective)
    for organisation in db.session.scalars(select(Organisation).where(Organisation.merged_into_id.is_(None))):
        index_organisation(db.session, organisation)
    for person in db.session.scalars(select(Person)):
        index_person(db.session, person)
    db.session.commit()
