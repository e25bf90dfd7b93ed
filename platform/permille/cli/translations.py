"""`permille translations`: gather the words of the product into the catalogs, and check that none is missing."""

import functools
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import wtforms
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from permille.foundation import paths
from permille.foundation.languages import LANGUAGES

KEYWORDS = {
    "_": None,
    "_l": None,
    "_n": (1, 2),
    "gettext": None,
    "ngettext": (1, 2),
}
OPTIONS = {"trimmed": "true", "silent": "false"}
PLURALS = {
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"),
    "es": (2, "(n != 1)"),
    "fr": (2, "(n > 1)"),
    "ru": (3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
    "zh": (1, "0"),
}
TEAM = "4 per 1000 platform"
HEADER: dict[str, Any] = {
    "project": TEAM,
    "version": "1",
    "charset": "utf-8",
    "last_translator": TEAM,
    "language_team": TEAM,
    "msgid_bugs_address": TEAM,
    # dates would change every line of history and tell nothing that git does not know
    "creation_date": datetime(2026, 1, 1, tzinfo=UTC),
    "revision_date": datetime(2026, 1, 1, tzinfo=UTC),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
HEAD = '# {name} translation of the "4 per 1000" platform.\n#'


@click.group()
def translations() -> None:
    """Look after the catalogs of the five languages besides English."""


@functools.cache
def gathered() -> Catalog:
    """Return every message of the code, the templates, the mails and the form library."""
    catalog = Catalog(project="4 per 1000 platform", version="1", charset="utf-8")
    package = Path(__file__).resolve().parents[1]
    for _file, _line, message, _comments, context in extract_from_dir(
        str(package), [("**.py", "python")], keywords=KEYWORDS
    ):
        catalog.add(message, context=context)
    for template in sorted((*paths.TEMPLATES.rglob("*.html"), *paths.TEMPLATES.rglob("*.txt"))):
        for _line, message, _comments, context in extract_from_file(
            "jinja2", str(template), keywords=KEYWORDS, options=OPTIONS
        ):
            catalog.add(message, context=context)
    for _file, _line, message, _comments, context in extract_from_dir(
        str(Path(wtforms.__file__).parent), [("**.py", "python")]
    ):
        catalog.add(message, context=context)
    return catalog


def path_of(lang: str) -> Path:
    """Return where a language's catalog lies."""
    return paths.TRANSLATIONS / lang / "LC_MESSAGES" / "messages.po"


@translations.command()
def gather() -> None:
    """Bring every catalog to the words the product uses now. New ones are left empty for a translator."""
    template = gathered()
    for lang in LANGUAGES:
        if lang in PLURALS:
            _update(lang, template)


def _update(lang: str, template: Catalog) -> None:
    path = path_of(lang)
    known = read_po(path.open("rb"), locale=lang) if path.exists() else Catalog(locale=lang)
    fresh = Catalog(locale=lang, fuzzy=False, **HEADER)
    fresh._num_plurals, fresh._plural_expr = PLURALS[lang]  # type: ignore[assignment]  # Babel's own order for Arabic is not gettext's
    missing = 0
    for message in sorted((one for one in template if one.id), key=lambda one: str(one.id)):
        old = known.get(message.id, message.context)
        empty = ("",) * PLURALS[lang][0] if message.pluralizable else ""
        fresh.add(message.id, old.string if old and old.string else empty, context=message.context)
        missing += not (old and old.string and all(old.string))
    fresh.header_comment = HEAD.format(name=fresh.locale.english_name if fresh.locale else lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as po:
        write_po(po, fresh, no_location=True, width=0, omit_header=False, sort_output=False)
    click.echo(f"{lang}: {missing} messages wait for a translation")


@translations.command()
def check() -> None:
    """Say what is missing or broken in the catalogs; exit 1 if anything is."""
    wanted = {message.id for message in gathered() if message.id}
    problems = [problem for lang in PLURALS for problem in problems_of(lang, wanted)]
    for problem in problems:
        click.echo(problem)
    if problems:
        raise SystemExit(1)
    click.echo("All catalogs are complete.")


def problems_of(lang: str, wanted: set[Any]) -> list[str]:
    """List what is wrong with one catalog."""
    if not path_of(lang).exists():
        return [f"{lang}: no catalog"]
    with path_of(lang).open("rb") as po:
        catalog = read_po(po, locale=lang)
    known = {message.id for message in catalog if message.id}
    problems = [f"{lang}: not gathered: {one!r}" for one in wanted - known]
    for message in catalog:
        if message.id:
            problems += [f"{lang}: {message.id!r}: {problem}" for problem in _problems(message, lang)]
    return problems


def _problems(message: object, lang: str) -> list[str]:
    plural = isinstance(message.id, tuple)  # type: ignore[attr-defined]
    texts = message.string if plural else (message.string,)  # type: ignore[attr-defined]
    source = message.id[-1] if plural else message.id  # type: ignore[attr-defined]
    if not all(texts):
        return ["not translated"]
    found = []
    if plural and len(texts) != PLURALS[lang][0]:
        found.append(f"needs {PLURALS[lang][0]} forms")
    wanted = set(PLACEHOLDER.findall(source))
    for text in texts:
        said = set(PLACEHOLDER.findall(text))
        # a form for one or two may say the number in words
        if said - wanted or (wanted - said and not plural):
            found.append(f"placeholders differ: {sorted(said ^ wanted)}")
    return found
