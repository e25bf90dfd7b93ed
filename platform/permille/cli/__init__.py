"""The `permille` command. Each group of commands has its own file."""

import click

from permille import __version__
from permille.cli.database import db
from permille.cli.strategy import strategy


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Run and look after the platform of the "4 per 1000" Initiative."""


for _command in (db, strategy):
    main.add_command(_command)
