"""Slots: places on a page that packages above fill without the page importing them.

A page asks `filled("objective", objective=…)`; whoever registered a fragment for that
slot when the app was put together gets its query run and its fragment drawn there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template
from markupsafe import Markup

Query = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Filling:
    """A fragment for a slot, and the query that loads what it shows."""

    fragment: str
    query: Query


def fill(app: Any, slot: str, fragment: str, query: Query) -> None:
    """Put `fragment` into `slot`; `query(**what the page offers)` returns the fragment's context."""
    app.extensions.setdefault("slots", {}).setdefault(slot, []).append(Filling(fragment, query))


def filled(slot: str, **offered: Any) -> list[Markup]:
    """Render everything registered for `slot`, in the order of registration."""
    fillings: list[Filling] = current_app.extensions.get("slots", {}).get(slot, [])
    return [Markup(render_template(one.fragment, **one.query(**offered))) for one in fillings]  # noqa: S704
