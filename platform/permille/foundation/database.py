"""The database: one declarative base, one session per request, the same manners on two engines."""

from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Engine, MetaData, Select, String, event, orm
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from permille.foundation.clock import now

Session = orm.Session | orm.scoped_session[Any]
PRAGMAS = ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
IN_HASTE = "-c statement_timeout=10s -c idle_in_transaction_session_timeout=30s"
"""How PostgreSQL treats a server that answers people; commands such as a backup may take their time."""

LARGEST_ID = 2**31 - 1
REPEATABLE_READ = 3
"""What psycopg calls transactions that see the database as it was when they began."""
READING = ("GET", "HEAD", "OPTIONS")
"""How a request says that it changes nothing."""

Query = TypeVar("Query", bound=Select[Any])


class Moment(TypeDecorator[datetime]):
    """A point in time that comes back from any database with its zone still on (SQLite drops it)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; refuse a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put the zone back on."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """The ancestor of every model; its constraint names make migrations reversible."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: String(200)}

    shown_publicly = False
    """Whether a change of such a row may change a public page (see `site.py`)."""

    def __init_subclass__(cls, **known: Any) -> None:
        """Let every table on SQLite give each id once, even when its row is gone."""
        super().__init_subclass__(**known)
        cls.__table__.dialect_options["sqlite"]["autoincrement"] = True  # type: ignore[attr-defined]

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


db = SQLAlchemy(
    metadata=Base.metadata,
    session_options={"expire_on_commit": False},
    engine_options={"pool_pre_ping": True, "hide_parameters": True},  # no value of anybody's in a log
)


def open_database(app: Flask) -> None:
    """Connect the app to its database, with the engine's manners set."""
    if app.config.get("IS_SERVING", True) and app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"):
        app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"connect_args": {"options": IN_HASTE}})
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)


def prepare(engine: Engine) -> None:
    """Teach an engine to begin transactions as writers or as readers, who see one moment and change nothing."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    else:
        event.listen(engine, "begin", _on_begin_there)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin by itself; same on 3.11 and 3.13
    for pragma in PRAGMAS:
        connection.execute("PRAGMA " + pragma)


def alone_on(engine: Engine) -> Engine:
    """Return the engine for reads of one statement, which need no transaction around them."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(is_alone=True)
    return engine.execution_options(is_alone=True, isolation_level="AUTOCOMMIT")


def is_reading() -> bool:
    """Tell whether this is a request that changes nothing."""
    return has_request_context() and request.method in READING


def _reads(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("read_only", is_reading()))


def _on_begin_there(connection: Connection) -> None:
    # Said to the driver, which says it with its own BEGIN. Without it every statement of a page would see
    # another moment, and what belongs together, such as a record and its seal, could seem not to.
    if connection.get_execution_options().get("is_alone"):
        return
    driver, reads = cast(Any, connection.connection.dbapi_connection), _reads(connection)
    driver.read_only = reads
    driver.isolation_level = REPEATABLE_READ if reads else None


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("is_alone"):
        return
    # A read that turns into a write deadlocks with another one: writers say so from the start.
    reads = _reads(connection)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def held(query: Query, of: Any) -> Query:
    """Let a query hold the rows of `of` until the transaction ends, and read them anew if they were read before.

    A request that changes nothing holds nothing.
    """
    if is_reading():
        return query
    return query.with_for_update(of=of).execution_options(populate_existing=True)
