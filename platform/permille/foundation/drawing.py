"""Drawing once: what a macro makes of the same values for readers of one language and zone is kept."""

from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Any

from flask import Flask, request
from markupsafe import Markup

from permille.foundation.languages import language
from permille.foundation.zones import zone

MOST = 2048
"""How many rows of tables are kept, about a kilobyte each."""
Row = tuple[Hashable, ...]


def draw_once(app: Flask) -> None:
    """Let templates say `drawn(macro, rows)`."""
    app.jinja_env.globals["drawn"] = drawn


def drawn(macro: Any, rows: Iterable[Row]) -> Markup:
    """Return what a macro makes of rows of values: they, the language and the zone must be all it rests on.

    The macro is an imported one, which sees nothing else of the page; the values are frozen.
    """
    reader = language(), zone(), request.script_root
    return Markup("").join(_drawn(macro, row, reader) for row in rows)


@lru_cache(maxsize=MOST)
def _drawn(macro: Any, row: Row, _reader: tuple[str, ...]) -> Markup:
    return Markup(macro(*row))  # noqa: S704 (what a macro returns is escaped)
