"""`permille backup`: everything in the database as one file, written while the platform runs.

The archive holds every table as lines of JSON from one snapshot, and a manifest with the
revision, the number of rows and the SHA-256 of each table. The signing key is kept apart.
Tables are read as they stand in the database, so that a newer release can take up an older archive.
"""

import hashlib
import json
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import JSON, Connection, MetaData, Table, select, text

from permille.cli.opening import opened
from permille.foundation.clock import now
from permille.foundation.database import db

FORMAT = 1
MADE_ANEW = ("search_index", "alembic_version")
"""Tables that are not archived: what they hold is made from the others."""


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything in the database to FILE, as of one moment, while the platform runs."""
    with opened():
        manifest = write_archive(file)
    click.echo(f"{sum(one['rows'] for one in manifest['tables'].values())} rows in {file}")
    click.echo("The signing key (secret.key in the instance folder) is not in it: keep a copy elsewhere.")


def write_archive(file: Path) -> dict[str, Any]:
    """Write the archive and return its manifest."""
    manifest: dict[str, Any] = {"format": FORMAT, "written": now().isoformat(), "tables": {}}
    partial = file.with_name(file.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)  # addresses and password hashes are for nobody else on this machine
    with (
        db.engine.connect().execution_options(read_only=True) as connection,
        zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        manifest["revision"] = connection.scalar(text("SELECT version_num FROM alembic_version"))
        for table in tables_of(connection):
            with archive.open(f"{table.name}.jsonl", "w") as out:
                manifest["tables"][table.name] = _write_lines(lines_of(connection, table), out)
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    partial.rename(file)
    return manifest


def tables_of(connection: Connection) -> list[Table]:
    """Return the tables as they stand in the database, parents before children."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(MADE_ANEW))
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return found.sorted_tables


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield each row of a table as a line of JSON, the same for the same row on either database."""
    for row in connection.execute(select(table).order_by(table.c.id)).mappings():
        plain = {key: _plain(value) for key, value in row.items()}
        yield json.dumps(plain, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def summary_of(lines: Iterator[bytes]) -> dict[str, Any]:
    """Return how many lines there are and their SHA-256."""
    digest, rows = hashlib.sha256(), 0
    for line in lines:
        digest.update(line)
        rows += 1
    return {"rows": rows, "sha256": digest.hexdigest()}


def _write_lines(lines: Iterator[bytes], out: Any) -> dict[str, Any]:
    def passing() -> Iterator[bytes]:
        for line in lines:
            out.write(line)
            yield line

    return summary_of(passing())


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode()}
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value
