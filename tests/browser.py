"""A browser for tests: it keeps cookies, carries form tokens, can pretend to be htmx, and reads pages.

Every page it fetches is checked for what must hold everywhere (see `tests/markup.py`).
"""

from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import check_html, check_page

HTMX = {"HX-Request": "true"}
PASSWORD = "four per thousand"


class Page:
    """What came back: a status, headers, and elements found by CSS selector."""

    def __init__(self, response: Any) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.location = response.headers.get("Location", "")
        self.html = response.get_data(as_text=True)
        self.soup = BeautifulSoup(self.html if response.mimetype == "text/html" else "", "html.parser")

    def __call__(self, selector: str) -> Tag | None:
        return self.soup.select_one(selector)

    def text(self, selector: str = "body") -> str:
        found = self(selector)
        assert found is not None, f"nothing matches {selector!r} in:\n{self.html[:3000]}"
        return " ".join(found.get_text(" ").split())

    @property
    def is_fragment(self) -> bool:
        return self("html") is None


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
        """Return a token of this session, from the form every visitor and every person may see."""
        for path in ("/en/objectives/f3/join/", "/en/sign-in/", "/en/me/"):
            response = self.client.get(path)
            field = BeautifulSoup(response.get_data(as_text=True), "html.parser").select_one(
                "[name=csrf_token]"
            )
            if field is not None:
                return str(field["value"])
        raise AssertionError("no page with a form token was found")

    def _read(self, path: str, response: Any) -> Page:
        page = Page(response)
        if response.mimetype == "text/html" and page.html and not page.is_fragment:
            check_page(path, page.soup)
            if page("#main"):  # not a redirect's own few words
                check_html(path, page.html)
        return page
