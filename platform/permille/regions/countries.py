"""Countries: which region a country lies in, and what it is called in each language."""

from functools import cache

from permille.foundation.languages import language, locale_of
from permille.regions.models import Region, all_regions

UN_NAMES: dict[str, dict[str, str]] = {
    "CI": {"en": "Côte d’Ivoire", "ru": "Кот-д’Ивуар"},
    "CZ": {"en": "Czechia", "fr": "Tchéquie", "es": "Chequia"},
    "SZ": {"en": "Eswatini"},
    "TR": {"en": "Türkiye", "fr": "Türkiye", "es": "Türkiye"},
}
"""Where the name used by the United Nations differs from Babel's."""


@cache
def region_of(country: str) -> Region | None:
    """Return the region a country (ISO 3166-1 alpha-2) lies in; None means worldwide."""
    return next((region for region in all_regions().values() if country in region.countries), None)


@cache
def names_in(lang: str) -> dict[str, str]:
    """Return every country's name in a language, by code."""
    territories = locale_of(lang).territories
    return {
        code: UN_NAMES.get(code, {}).get(lang) or str(territories.get(code, code))
        for region in all_regions().values()
        for code in region.countries
    }


def country_name(code: str | None) -> str:
    """Say a country's name in the reader's language."""
    return names_in(language()).get(code or "", code or "")


@cache
def choices_in(lang: str) -> list[tuple[str, str]]:
    """List countries for a choice, in the alphabet of the language."""
    return sorted(names_in(lang).items(), key=lambda pair: _sorting_key(pair[1]))


def _sorting_key(name: str) -> str:
    from permille.foundation.search import fold

    return fold(name)
