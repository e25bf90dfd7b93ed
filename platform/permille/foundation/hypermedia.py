"""Hypermedia: one route, two readers: htmx, swapping a part, and everyone else.

A fragment is a template whose name starts with `_` and has one root element. Every `hx-`
attribute sits on a link or form that works without it.
"""

import json
from typing import Any

from flask import Flask, Response, make_response, redirect, render_template
from htmx_flask import Htmx, request

HTMX_CONFIG = json.dumps(
    {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "timeout": 30_000,
        "historyCacheSize": 0,
        "historyRestoreAsHxRequest": False,
        "methodsThatUseUrlParams": ["get"],
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "4(09|13|22|29)|503", "swap": True, "error": True},
            {"code": "...", "swap": False, "error": True},
        ],
    },
    separators=(",", ":"),
)


def speak_htmx(app: Flask) -> None:
    """Give every request its `htmx` attribute and every page htmx's settings."""
    Htmx(app)
    app.jinja_env.globals["htmx_config"] = HTMX_CONFIG


def wants_fragment() -> bool:
    """Tell a swap from a visit; boosted links and history restores are visits."""
    visit = request.htmx.boosted or request.htmx.history_restore_request
    return bool(request.htmx) and not visit


def show(page: str, *, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """Show a page; to a swap, only the fragment of it that the swap is for."""
    template = fragment if fragment and wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    if template == page and not fragment and wants_fragment():  # a whole page takes the whole window
        response.headers.update({"HX-Retarget": "body", "HX-Reswap": "innerHTML show:window:top"})
    return response


def answer(fragment: str, *, otherwise: str, **context: Any) -> Response:
    """Answer a write: a swap gets the fragment, everyone else is sent on to `otherwise`."""
    if wants_fragment():
        return show(fragment, **context)
    return go_to(otherwise)


def go_to(url: str) -> Response:
    """Answer a write by leaving for another page of ours, whoever is driving."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": url})
    return redirect(url, 303)  # type: ignore[return-value]
