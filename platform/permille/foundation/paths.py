"""Where everything lies that is not Python: templates, static files, catalogs, regions.

In a checkout the four folders stand at the root, beside `platform/`. In a wheel they stand
in `permille/_data/`. No other module may know which of the two it is living in.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_SHIPPED = _PACKAGE / "_data"

DATA = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parents[1]
REGIONS = DATA / "regions"
STATIC = DATA / "static"
TEMPLATES = DATA / "templates"
TRANSLATIONS = DATA / "translations"
MIGRATIONS = _PACKAGE / "migrations"
STRATEGY = _PACKAGE / "objectives" / "strategy"
