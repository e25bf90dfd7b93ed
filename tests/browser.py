"""A browser for tests: it keeps cookies, carries form tokens, can pretend to be htmx, and reads pages.

Every page it fetches is checked for what must hold everywhere (see `tests/markup.py`).
"""

import re
import secrets
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from tests.markup import check_html, check_page

HTMX = {"HX-Request": "true"}
PASSWORD = "four per thousand"
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
VALUES = re.compile(r'\b(href|value|content|datetime|src|nonce)="[^"]+"')
"""Attributes that say where a page leads and what is filled in: its form does not rest on them."""
CHECKED: set[int] = set()
"""The pages that were found good, without those values: the same page need not be read twice."""


class Page:
    """What came back: a status, headers, and elements found by CSS selector."""

    def __init__(self, response: Any) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.location = response.headers.get("Location", "")
        self.html = response.get_data().decode("utf-8", "replace")  # a document is no text
        self.is_html = response.mimetype == "text/html"

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html if self.is_html else "", "html.parser")

    def __call__(self, selector: str) -> Tag | None:
        return self.soup.select_one(selector)

    def text(self, selector: str = "body") -> str:
        found = self(selector)
        assert found is not None, f"nothing matches {selector!r} in:\n{self.html[:3000]}"
        return " ".join(found.get_text(" ").split())

    @property
    def is_fragment(self) -> bool:
        return "<html" not in self.html


class Browser:
    """Somebody looking at the platform."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, *, htmx: bool = False, follow: bool = False, **headers: str) -> Page:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._read(
            path, self.client.get(path, headers={**named, **(HTMX if htmx else {})}, follow_redirects=follow)
        )

    def post(
        self, path: str, *, htmx: bool = False, follow: bool = False, token: str | None = None, **form: Any
    ) -> Page:
        """Send a form with the token a page of this session carries, unless `token` says otherwise."""
        fields = {"csrf_token": self.token() if token is None else token, **form}
        response = self.client.post(path, data=fields, headers=HTMX if htmx else {}, follow_redirects=follow)
        return self._read(path, response)

    def sign_in(self, email: str, password: str = PASSWORD) -> "Browser":
        page = self.post("/en/sign-in/", email=email, password=password)
        assert page.status == 303, page.text()
        return self

    def token(self) -> str:
        """Return a token of this session, as its pages carry one (that they do is checked on every page)."""
        app = self.client.application
        with self.client.session_transaction() as session:
            secret = session.setdefault("csrf_token", secrets.token_hex(20))
        return URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(secret)

    def _read(self, path: str, response: Any) -> Page:
        page = Page(response)
        known = hash((path.strip("/").split("/")[0], VALUES.sub(r'\1="x"', page.html)))
        if page.is_html and not page.is_fragment and known not in CHECKED:
            check_page(path, page.soup)
            if page("#main"):  # not a redirect's own few words
                check_html(path, page.html)
            CHECKED.add(known)
        return page
