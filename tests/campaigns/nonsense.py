"""Nonsense: broken requests of every kind at every route. Each gets a calm answer in the right language."""

import random
import re
from collections import Counter
from urllib.parse import quote

from flask import Flask

from permille.foundation.languages import LANGUAGES
from tests.browser import Browser
from tests.cast import Cast
from tests.markup import check_page
from tests.security.matrix import routes

WORDS = (
    "", "0", "-1", "a1", "zz", "9" * 30, "9223372036854775808", "../../etc/passwd", "%00", "\x00", "\ud800", "é", "أ", "土",
    "a" * 5_000, "<script>", "{{7*7}}", "'", '"', "null", "true", "[]", "{}", "1e309", "NaN", "\u202e", "\r\nX: y", "%s%n",
)  # fmt: skip
FIELDS = (
    "name", "email", "role", "contribution", "country", "organisation", "password", "agreed", "state", "until", "evidence",
    "csrf_token", "into", "stamp", "language", "code", "file", "version", "aliases", "is_accepted", "reason", "q", "person_id", "since",
)  # fmt: skip
HEADERS = {
    "Accept-Language": ("xx", "fr;q=abc", ",,,", "en-" + "x" * 900, "*;q=-1"),
    "HX-Request": ("true", "1", ""),
    "HX-Target": ("<x>", "#main"),
    "HX-Current-URL": ("javascript:1", "//["),
    "If-None-Match": ("*", 'W/"x"', '"' + "x" * 900, "x,y"),
    "Range": ("bytes=0-", "bytes=9-1"),
    "Referer": ("//[", "http://evil.example/"),
    "Cookie": ("sid=x", "sid=..", "theme=<script>", "language=xx; theme=dark", "=;=", "a" * 3_000),
    "Content-Type": (
        "application/json",
        "multipart/form-data",
        "text/plain",
        "multipart/form-data; boundary=",
    ),
    "X-Forwarded-For": ("1.2.3.4", "x", "::1, 1"),
}
ALWAYS = ("Content-Security-Policy", "X-Content-Type-Options", "Strict-Transport-Security")


def run(app: Flask, cast: Cast, size: int, seed: int = 1) -> dict[str, int]:
    """Send `size` broken requests as a visitor, a member and a secretary; returns how many got which class."""
    chance = random.Random(seed)
    ways = [route for route in routes(app) if "sign-out" not in route[1] and "sign-in" not in route[1]]
    browsers = {
        "visitor": Browser(app),
        "member": Browser(app).sign_in(cast.email("member")),
        "secretary": Browser(app).sign_in(cast.email("secretary")),
    }
    tokens = {role: browser.token() for role, browser in browsers.items()}
    got: Counter[str] = Counter()
    for turn in range(size):
        role = chance.choice(list(browsers))
        method, route = ways[turn % len(ways)] if turn < len(ways) else chance.choice(ways)
        path = _path(chance, route)
        headers = {name: chance.choice(values) for name, values in HEADERS.items() if chance.random() < 0.15}
        if "Cookie" in headers and role != "visitor":
            del headers["Cookie"]
        body = _body(chance, tokens[role]) if method == "POST" else None
        where = f"seed {seed}, turn {turn}, {role}: {method} {path!r} {headers} {str(body)[:200]}"
        try:
            response = browsers[role].client.open(
                path, method=chance.choice((method, method, method, "PUT")), headers=headers, data=body
            )
        except (UnicodeEncodeError, ValueError, TypeError):
            got["not even a request"] += 1  # the client itself cannot write it down
            continue
        assert response.status_code < 500, where
        assert all(response.headers.get(name) for name in ALWAYS), where
        _check_language(path, response, where)
        got[f"{response.status_code // 100}xx"] += 1
    return {"requests": size, **dict(sorted(got.items()))}


def _path(chance: random.Random, route: str) -> str:
    def blank(found: re.Match[str]) -> str:
        if found[1] == "lang" and chance.random() < 0.8:
            return chance.choice(LANGUAGES)
        return quote(chance.choice(WORDS).encode("utf-8", "surrogatepass")[:300], safe="%")

    path = re.sub(r"<(?:\w+:)?(\w+)>", blank, route)
    if chance.random() < 0.4:
        pairs = (f"{chance.choice(FIELDS)}={_quoted(chance)}" for _ in range(chance.randint(1, 3)))
        path += "?" + "&".join([*pairs, *(("after=" + _quoted(chance),) if chance.random() < 0.5 else ())])
    return path


def _quoted(chance: random.Random) -> str:
    return quote(chance.choice(WORDS).encode("utf-8", "surrogatepass"))


def _body(chance: random.Random, token: str) -> object:
    if chance.random() < 0.15:
        return chance.choice(
            (b"\xff\xfe\x00", b"{", b"a=%zz&&&=", b"--x\r\n", b"a" * 600_000, b"&".join([b"a=1"] * 400))
        )
    fields: dict[str, object] = {
        chance.choice(FIELDS): [chance.choice(WORDS) for _ in range(chance.randint(1, 2))]
        for _ in range(chance.randint(0, 6))
    }
    if chance.random() < 0.8:
        fields["csrf_token"] = token
    return {
        name: [one.encode("utf-8", "surrogatepass") for one in value] if isinstance(value, list) else value
        for name, value in fields.items()
    }


def _check_language(path: str, response: object, where: str) -> None:
    first = path.split("/")[1].split("?", maxsplit=1)[0]
    html = response.get_data(as_text=True)  # type: ignore[attr-defined]
    if first in LANGUAGES and response.mimetype == "text/html" and "<html" in html[:200]:  # type: ignore[attr-defined]
        assert f'<html lang="{first}"' in html or "<!doctype html>\n<html lang=en>" in html, where
        if 'id="main"' in html:
            from bs4 import BeautifulSoup

            check_page(f"/{first}/", BeautifulSoup(html, "html.parser"))
