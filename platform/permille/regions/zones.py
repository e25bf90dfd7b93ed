"""Time zones to choose from: those in use, by the country they lie in."""

from collections import Counter
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH

from permille.foundation.languages import locale_of, speaking
from permille.foundation.zones import city_of, known_zones
from permille.regions.countries import names_in, sorting_key

TABLE = "zone.tab"
"""Lists each country's zones; it comes with the data of time zones, from the system or as a package."""


@cache
def zones_in(lang: str) -> list[tuple[str, str]]:
    """List zones for a choice, by the country's name in a language; none when the server has no time zones."""
    countries, territories = names_in(lang), locale_of(lang).territories
    rows = [(code, zone) for code, zone in _rows() if zone in known_zones()]
    several = Counter(code for code, _zone in rows)
    named = []
    with speaking(lang):
        for code, zone in rows:
            country = countries.get(code) or str(territories.get(code, code))
            named.append((zone, f"{country} · {city_of(zone)}" if several[code] > 1 else country))
    return sorted(named, key=lambda pair: sorting_key(pair[1], lang))


def _rows() -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in _table().splitlines() if line and not line.startswith("#")]
    return [(parts[0], parts[2]) for parts in lines if len(parts) > 2]


def _table() -> str:
    for folder in TZPATH:
        path = Path(folder) / TABLE
        if path.is_file():
            return path.read_text("utf-8")
    try:
        return (resources.files("tzdata") / "zoneinfo" / TABLE).read_text("utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        return ""
