"""The authorisation matrix: every route × every role, and what each may expect.

`matrix.toml` names, per route, one answer for everyone, or one per role: their own, else that of
whom they are like (`LIKE`), else the rest's. Codes: 302 to sign-in,
403 known but not theirs, 404 hidden, 409 state, 410 spent link, 422 input, 303 done.
"""

import re
import tomllib
from collections.abc import Collection
from io import BytesIO
from pathlib import Path

from flask import Flask

from tests.browser import HTMX, Browser
from tests.cast import Cast
from tests.security.principals import LIKE, PRINCIPALS

Fields = dict[str, object]
TABLE = Path(__file__).parent / "matrix.toml"
ROLES = tuple(PRINCIPALS)
NOT_WALKED = {"static"}
ENDS_A_SESSION = ("sign-", "sessions", "password", "delete", "email", "new-address")


def routes(app: Flask) -> list[tuple[str, str]]:
    """List method and path of every route, reading before writing, signing out and deleting last."""
    found = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in NOT_WALKED:
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            found.add((method, plain(rule.rule)))
    return sorted(
        found,
        key=lambda one: (
            one[0] != "GET",
            "sign-out" in one[1] or "me/delete" in one[1],
            "me/delete" in one[1],
            one[1],
        ),
    )


def plain(rule: str) -> str:
    """Return a route as the tables write it, without the choices of a blank."""
    return re.sub(r"<\w+\([^)]*\):(\w+)>", r"<\1>", rule)


def address(path: str, cast: Cast, ids: dict[str, int], lang: str = "en") -> str:
    """Fill a route's blanks: task force A1 and its open seat for Europe, the cast's member, the first organisation."""
    values = {
        "lang": lang,
        "code": "a1",
        "person_id": cast.id("member"),
        "token": "no-such-token",
        "of": "fr",
        "kind": "objectives",
        "seat": "europe",
        "act": "open",
        "what": "mandates",
        **ids,
    }
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda blank: str(values.get(blank[1], 1)), path)


def expected() -> dict[str, dict[str, int]]:
    """Read the table: route to role to status."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    return {route: answers(value) for route, value in table.items()}


def answers(value: int | dict[str, int]) -> dict[str, int]:
    """Spread one answer over the roles; whoever has none is like somebody, or `else`."""
    if isinstance(value, int):
        return dict.fromkeys(ROLES, value)
    rest = value.get("else", 0)
    return {role: value.get(role, value.get(LIKE.get(role, role), rest)) for role in ROLES}


def walk(
    app: Flask,
    cast: Cast,
    role: str,
    ids: dict[str, int],
    *,
    htmx: bool = False,
    lang: str = "en",
    only: Collection[str] | None = None,
    forms: dict[str, Fields] | None = None,
    browser: Browser | None = None,
) -> dict[str, int]:
    """Ask every route, or `only` some, as one role, with a token and what `forms` has for the route.

    `browser` is theirs when they are there already.
    """
    token, found = "", {}
    for method, path in routes(app):
        if only is not None and f"{method} {path}" not in only:
            continue
        if not token:
            browser = browser or PRINCIPALS[role](app)
            token = browser.token()
        fields = (forms or {}).get(f"{method} {path}", {})
        status = ask(browser, method, address(path, cast, ids, lang), token, htmx=htmx, **fields)
        found[f"{method} {path}"] = status
        done = method == "POST" and status in (204, 303)
        if done and any(word in path for word in ENDS_A_SESSION):
            browser, token = None, ""
    return found


def ask(
    browser: Browser, method: str, where: str, token: str, *, htmx: bool = False, **fields: object
) -> int:
    """Ask one address and return the status; what is on the pages is looked at elsewhere."""
    headers = HTMX if htmx else {}
    if method == "GET":
        return browser.client.get(where, headers=headers).status_code
    data = {name: again(value) for name, value in fields.items()}
    return browser.client.post(where, headers=headers, data={**data, "csrf_token": token}).status_code


def again(value: object) -> object:
    """Return a value to send; a file is opened anew each time."""
    return (BytesIO(value), "organisations.csv") if isinstance(value, bytes) else value


def as_htmx_sees(status: int) -> int:
    """Return what a swap gets where a visit is redirected: to sign in, or on to another page."""
    return {302: 401, 303: 204}.get(status, status)
