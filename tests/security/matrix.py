"""The authorisation matrix: every route × every role, and what each may expect.

`matrix.toml` names, per route, one answer for everyone, or one per role. Codes: 302 to sign-in,
403 known but not theirs, 404 hidden, 409 state, 410 spent link, 422 input, 303 done.
"""

import re
import tomllib
from pathlib import Path

from flask import Flask

from tests.browser import Browser
from tests.cast import Cast

TABLE = Path(__file__).parent / "matrix.toml"
ROLES = ("visitor", "newcomer", "partner", "member", "representative", "leader", "funder", "secretary")
NOT_WALKED = {"static"}


def routes(app: Flask) -> list[tuple[str, str]]:
    """List method and path of every route, reading before writing, signing out and deleting last."""
    found = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in NOT_WALKED:
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            found.add((method, re.sub(r"<any\([^)]*\):lang>", "<lang>", rule.rule)))
    return sorted(
        found,
        key=lambda one: (
            one[0] != "GET",
            "sign-out" in one[1] or "me/delete" in one[1],
            "me/delete" in one[1],
            one[1],
        ),
    )


def address(path: str, cast: Cast, ids: dict[str, int]) -> str:
    """Fill a route's blanks: task force A1, the cast's member, the first organisation."""
    values = {
        "lang": "en",
        "code": "a1",
        "person_id": cast.id("member"),
        "token": "no-such-token",
        "of": "fr",
        **ids,
    }
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda blank: str(values.get(blank[1], 1)), path)


def expected() -> dict[str, dict[str, int]]:
    """Read the table: route to role to status."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    return {route: answers(value) for route, value in table.items()}


def answers(value: int | dict[str, int]) -> dict[str, int]:
    """Spread one answer over the roles; `signed_in` stands for everyone with an account, `else` for the rest."""
    if isinstance(value, int):
        return dict.fromkeys(ROLES, value)
    rest = value.get("signed_in", value.get("else", 0))
    return {role: value.get(role, rest) for role in ROLES}


def walk(app: Flask, cast: Cast, role: str, ids: dict[str, int], *, htmx: bool = False) -> dict[str, int]:
    """Ask every route as one role, with forms that carry a token and nothing else."""
    browser = Browser(app)
    found = {}
    for method, path in routes(app):
        if role != "visitor" and not browser.client.get_cookie("sid"):
            browser.sign_in(cast.email(role))
        elif role != "visitor" and browser.client.get("/en/me/").status_code != 200:
            browser = Browser(app).sign_in(cast.email(role))
        where = address(path, cast, ids)
        page = browser.get(where, htmx=htmx) if method == "GET" else browser.post(where, htmx=htmx)
        found[f"{method} {path}"] = page.status
    return found
