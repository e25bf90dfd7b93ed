"""Moving a database to a revision."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from permille.foundation import paths


def configuration(engine: Engine) -> Config:
    """Return Alembic's configuration for an engine."""
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Move a database up to a revision (the newest, unless told otherwise)."""
    command.upgrade(configuration(engine), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Move a database down to a revision (`base` empties it)."""
    command.downgrade(configuration(engine), revision)


def is_at_head(engine: Engine) -> bool:
    """Tell whether a database is at the newest revision."""
    newest = ScriptDirectory.from_config(configuration(engine)).get_current_head()
    with engine.connect().execution_options(read_only=True) as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def revisions(engine: Engine) -> list[str]:
    """List all revisions, the newest first."""
    script = ScriptDirectory.from_config(configuration(engine))
    return [one.revision for one in script.walk_revisions()]


def move(engine: Engine, revision: str) -> None:
    """Move a database to a revision, up or down, whatever it is at."""
    order = revisions(engine)
    with engine.connect().execution_options(read_only=True) as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present in order and order.index(present) < order.index(revision):
        downgrade(engine, revision)
    else:
        upgrade(engine, revision)
