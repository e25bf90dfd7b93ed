"""`permille regions`: list, add and check the regions."""

import json

import click

from permille.foundation import paths
from permille.foundation.languages import LANGUAGES
from permille.regions.models import FILE, RESERVED, BadRegion, all_regions, can_be_address, is_country

BLANK = """order = {order}
time_zone = "UTC"
languages = ["en"]
rule = "UN M49 region …"
countries = \"\"\"
{countries}
\"\"\"

[name]
{names}

[introduction]
{introductions}
"""


@click.group()
def regions() -> None:
    """Look after the regions."""


@regions.command("list")
def list_regions() -> None:
    """List the regions in their order."""
    for region in all_regions().values():
        click.echo(f"{region.slug:<26}{len(region.countries):>4} countries  {region.time_zone}")


@regions.command()
@click.argument("slug")
@click.option("--name", required=True, help="The name in English; translate the rest in the file.")
@click.option("--countries", default="", help="ISO codes, separated by spaces.")
def add(slug: str, name: str, countries: str) -> None:
    """Write the file of a new region, to be filled in."""
    if slug in RESERVED or slug in LANGUAGES:
        raise click.ClickException(f"{slug!r} is the address of a page already: choose another name")
    if not can_be_address(slug):
        raise click.ClickException(f"{slug!r} cannot be a region's address: use small letters and hyphens")
    unknown = [code for code in countries.split() if not is_country(code)]
    if unknown:
        raise click.ClickException(f"no country has the code {', '.join(unknown)}")
    path = paths.REGIONS / slug / FILE
    if path.exists():
        raise click.ClickException(f"{path} is there already")
    order = max((region.order for region in all_regions().values()), default=0) + 1
    lines = "\n".join(f"{lang} = {json.dumps(name, ensure_ascii=False)}" for lang in LANGUAGES)
    path.parent.mkdir(parents=True)
    path.write_text(BLANK.format(order=order, countries=countries, names=lines, introductions=lines), "utf-8")
    click.echo(f"Written: {path}. Fill it in, then run: permille regions check")


@regions.command()
def check() -> None:
    """Check every region's file."""
    try:
        found = all_regions()
    except BadRegion as bad:
        raise click.ClickException(str(bad)) from bad
    gaps = [f"{region.slug}: {gap}" for region in found.values() for gap in region.unfinished()]
    if gaps:
        raise click.ClickException("\n".join(gaps))
    click.echo(f"{len(found)} regions are in order.")
