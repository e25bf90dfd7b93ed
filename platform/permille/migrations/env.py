"""Run migrations inside one transaction, on both engines."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, Engine

from permille.foundation.database import Base
from permille.foundation.multilingual import MultilingualText
from permille.migrations import tables

assert tables


def include(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Leave out the search index: it is made by hand, and its shadow tables are SQLite's own."""
    return not (kind == "table" and (name or "").startswith("search_index"))


def render(kind: str, item: Any, autogen: Any) -> Any:
    """Write our column types as what they are stored as, so that a migration needs no app code."""
    if kind == "type" and isinstance(item, MultilingualText):
        return "sa.JSON()"
    if kind == "type" and type(item).__name__ == "Moment":
        return "sa.DateTime(timezone=True)"
    return False


def migrate(connection: Connection) -> None:
    """Run on an open connection; a failing migration leaves the database as it was."""
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=sqlite,
        compare_type=False,
        transactional_ddl=True,
        include_object=include,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all() if sqlite else []
        if broken:
            raise RuntimeError(f"rows without their parents: {broken[:5]}")


def run(engine: Engine) -> None:
    """Open a connection and migrate.

    A table rebuild on SQLite deletes the child rows unless foreign keys are off, and the
    switch only works before the transaction begins: it goes to the driver itself.
    """
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        sqlite = connection.dialect.name == "sqlite"
        if sqlite and raw is not None:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            migrate(connection)
        finally:
            if sqlite and raw is not None:
                connection.rollback()
                raw.execute("PRAGMA foreign_keys=ON")


run(context.config.attributes["engine"])
