"""Countries: which region a country lies in, and what it is called in each language."""

import tomllib
from functools import cache
from pathlib import Path

from permille.foundation.languages import language, locale_of
from permille.foundation.search import fold
from permille.regions.models import Region, all_regions

NAMES = Path(__file__).parent / "names.toml"


@cache
def region_of(country: str) -> Region | None:
    """Return the region a country (ISO 3166-1 alpha-2) lies in; None means worldwide."""
    return next((region for region in all_regions().values() if country in region.countries), None)


@cache
def names_in(lang: str) -> dict[str, str]:
    """Return every country's name in a language, by code: as the United Nations write it, else as Babel does."""
    own = tomllib.loads(NAMES.read_text("utf-8"))
    territories = locale_of(lang).territories
    return {
        code: own.get(code, {}).get(lang) or str(territories.get(code, code))
        for region in all_regions().values()
        for code in region.countries
    }


def country_name(code: str | None) -> str:
    """Say a country's name in the reader's language."""
    return names_in(language()).get(code or "", code or "")


@cache
def choices_in(lang: str) -> list[tuple[str, str]]:
    """List countries for a choice, in the alphabet of the language."""
    return sorted(names_in(lang).items(), key=lambda pair: sorting_key(pair[1], lang))


def sorting_key(name: str, lang: str) -> bytes:
    """Return what names are sorted by in the alphabet of a language."""
    # This character set lists the common Chinese characters by their sound, as dictionaries do.
    return name.encode("gb18030") if lang == "zh" else fold(name).encode()
