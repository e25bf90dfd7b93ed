"""`permille db`: move the database to the newest tables and back."""

import click

from permille.cli.opening import opened
from permille.foundation.database import db as database
from permille.migrations import running


@click.group()
def db() -> None:
    """Look after the database's tables."""


@db.command()
@click.option("--revision", default="head", help="Where to go; the newest by default.")
def upgrade(revision: str) -> None:
    """Bring the tables to the newest form. Safe to repeat."""
    with opened():
        running.upgrade(database.engine, revision)
        click.echo(
            "The tables are in their newest form." if revision == "head" else f"The tables are at {revision}."
        )


@db.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back to an earlier REVISION."""
    with opened():
        running.downgrade(database.engine, revision)


@db.command(hidden=True)
@click.argument("message")
def revise(message: str) -> None:
    """Write a migration for what changed in the models."""
    from alembic import command

    with opened():
        command.revision(running.configuration(database.engine), message, autogenerate=True)
