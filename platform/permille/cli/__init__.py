"""The `permille` command. Each group of commands has its own file."""

import click

from permille import __version__
from permille.cli.backup import backup
from permille.cli.database import db
from permille.cli.demo import demo
from permille.cli.doctor import doctor
from permille.cli.people import people
from permille.cli.plainly import PlainGroup
from permille.cli.regions import regions
from permille.cli.restore import restore
from permille.cli.running import run, serve, work
from permille.cli.strategy import strategy
from permille.cli.translations import translations


@click.group(cls=PlainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """Run and look after the platform of the "4 per 1000" Initiative."""


for _command in (
    backup,
    db,
    demo,
    doctor,
    people,
    regions,
    restore,
    run,
    serve,
    strategy,
    translations,
    work,
):
    main.add_command(_command)
