"""`permille strategy`: load the goals, objectives and targets."""

from pathlib import Path

import click

from permille.cli.opening import opened
from permille.foundation import paths
from permille.foundation.database import db
from permille.objectives.loading import Change, load_strategy
from permille.objectives.official import load_official, read_official
from permille.objectives.reading import BadStrategy, read_strategy


@click.group()
def strategy() -> None:
    """Look after the texts of the strategy."""


@strategy.command()
@click.option(
    "--from", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=paths.STRATEGY
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def load(folder: Path, dry_run: bool) -> None:
    """Load the strategy's files. What was edited on the desk is kept and listed as a conflict."""
    try:
        wanted = read_strategy(folder)
    except BadStrategy as bad:
        raise click.ClickException("nothing was changed\n" + "\n".join(bad.problems)) from bad
    with opened():
        changes = load_strategy(db.session, wanted)
        if wanted.absent:
            click.echo(f"no file for: {', '.join(wanted.absent)} (what is there in these languages stays)")
        shown = changes if dry_run or len(changes) < 50 else [one for one in changes if one.is_conflict]
        _end(changes, shown, dry_run, "texts and facts")


def _end(changes: list[Change], shown: list[Change], dry_run: bool, things: str) -> None:
    for change in shown:
        click.echo(change.told())
    conflicts = sum(change.is_conflict for change in changes)
    done = "would change" if dry_run else "changed"
    click.echo(f"{len(changes) - conflicts} {things} {done}, {conflicts} conflicts")
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()


@strategy.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--over-edits", is_flag=True, help="Replace texts that were written on the desk, too.")
def official(file: Path, dry_run: bool, over_edits: bool) -> None:
    """Load official texts from FILE: a table per objective, a text per language, such as A1.fr.

    What was written on the desk is kept and listed as a conflict.
    """
    try:
        wanted = read_official(file)
    except BadStrategy as bad:
        raise click.ClickException("nothing was changed\n" + "\n".join(bad.problems)) from bad
    with opened():
        try:
            changes = load_official(db.session, wanted, over_edits=over_edits)
        except BadStrategy as bad:
            raise click.ClickException("nothing was changed\n" + "\n".join(bad.problems)) from bad
        _end(changes, changes, dry_run, "texts")
