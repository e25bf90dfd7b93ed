"""A region, read from its folder in `regions/` and never changed while the platform runs."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from babel.core import get_global

from permille.foundation import paths
from permille.foundation.languages import LANGUAGES

FILE = "region.toml"
NO_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "IC", "TA", "ZZ"})
"""Codes of Babel's data that ISO 3166-1 keeps aside without giving them to a country."""

RESERVED = frozenset(
    {
        "about",
        "applications",
        "complaints",
        "consultations",
        "accessibility",
        "events",
        "exclusions",
        "help",
        "invitation",
        "join",
        "joined",
        "library",
        "leader",
        "link",
        "mailed",
        "mandates",
        "me",
    }
    | {
        "moderation",
        "new-address",
        "nominations",
        "objectives",
        "offices",
        "organisations",
        "password",
        "people",
        "privacy",
        "progress",
    }
    | {
        "projects",
        "regions",
        "search",
        "seats",
        "secretariat",
        "settings",
        "sheets",
        "sign-in",
        "sign-out",
        "sign-up",
    }
    | {"static", "terms", "threads", "vacancies", "welcome", "worldwide"}
)


class BadRegion(ValueError):
    """A region's file cannot be used; the message names the file and the key."""


@dataclass(frozen=True, kw_only=True)
class Region:
    """One region, as its `region.toml` describes it."""

    slug: str
    order: int
    time_zone: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    rule: str
    name: MappingProxyType[str, str]
    introduction: MappingProxyType[str, str]

    @classmethod
    def from_file(cls, path: Path) -> "Region":
        """Read a region. Raises `BadRegion` for a key that is unknown, missing or unusable."""
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BadRegion(f"{path}: {error}") from error
        known = {field.name for field in fields(cls)} - {"slug"}
        for key in sorted(data.keys() ^ known):
            raise BadRegion(f"{path}: {'unknown' if key in data else 'missing'} key {key!r}")
        for key in ("name", "introduction"):
            for lang in LANGUAGES:
                if not data[key].get(lang):
                    raise BadRegion(f"{path}: {key} is missing in {lang!r}")
        region = cls(
            slug=path.parent.name,
            **{
                **data,
                "languages": tuple(data["languages"]),
                "countries": tuple(data["countries"].split()),
                "name": MappingProxyType(data["name"]),
                "introduction": MappingProxyType(data["introduction"]),
            },
        )
        return region._checked(path)

    def _checked(self, path: Path) -> "Region":
        if not can_be_address(self.slug):
            raise BadRegion(f"{path}: {self.slug!r} cannot be a region's address")
        for lang in self.languages:
            if lang not in LANGUAGES:
                raise BadRegion(f"{path}: languages names {lang!r}, which the platform does not speak")
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError) as error:
            raise BadRegion(f"{path}: time_zone {self.time_zone!r} is unknown") from error
        unknown = sorted(code for code in self.countries if not is_country(code))
        if unknown:
            raise BadRegion(f"{path}: countries names {', '.join(unknown)}, which no country has as its code")
        return self

    def unfinished(self) -> Iterator[str]:
        """Yield what is still to be filled in, as `permille regions add` leaves it."""
        if not self.countries:
            yield "countries is empty"
        if "…" in self.rule:
            yield "rule says nothing yet"
        english = self.introduction["en"]
        copied = [lang for lang in LANGUAGES if lang != "en" and self.introduction[lang] == english]
        if copied:
            yield f"introduction is not translated into {', '.join(copied)}"


def is_country(code: str) -> bool:
    """Whether a code is one of ISO 3166-1 alpha-2 (as the Unicode data of Babel list them)."""
    return code in get_global("territory_languages") and code not in NO_COUNTRIES


def can_be_address(slug: str) -> bool:
    """Whether a region can stand at `/{lang}/{slug}/`: small letters and hyphens, and no page's name."""
    letters = slug.replace("-", "")
    return letters.isascii() and letters.isalpha() and slug == slug.lower() and slug not in RESERVED


@cache
def all_regions() -> dict[str, Region]:
    """Return every region by its slug, in the agreed order. Raises `BadRegion`."""
    regions = [Region.from_file(path) for path in paths.REGIONS.glob(f"*/{FILE}")]
    owner: dict[str, str] = {}
    for region in sorted(regions, key=lambda one: one.order):
        for country in region.countries:
            if country in owner:
                raise BadRegion(f"{region.slug}/{FILE}: {country} already belongs to {owner[country]}")
            owner[country] = region.slug
    return {region.slug: region for region in sorted(regions, key=lambda one: one.order)}
