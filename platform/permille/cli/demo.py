"""`permille demo`: load and remove the demonstration community."""

import click

from permille.cli.demonstration import has_demonstration, load_demonstration, remove_demonstration
from permille.cli.opening import opened
from permille.foundation.database import db


@click.group()
def demo() -> None:
    """Load or remove the fictional community of the demonstration."""


@demo.command()
def load() -> None:
    """Add the community. Safe to repeat."""
    with opened():
        added = load_demonstration(db.session)
        db.session.commit()
        click.echo("The demonstration is loaded." if added else "The demonstration was there already.")


@demo.command()
def remove() -> None:
    """Remove the community and everything that hangs on it."""
    with opened():
        if not has_demonstration(db.session):
            click.echo("There is no demonstration here.")
            return
        remove_demonstration(db.session)
        db.session.commit()
        click.echo("The demonstration is gone.")
