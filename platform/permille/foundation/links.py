"""Links: how a page points at another without importing it, and at itself in other languages."""

from functools import lru_cache
from urllib.parse import quote, urlsplit

from flask import current_app, has_request_context, request, url_for

from permille.foundation.languages import NAMES, language


def link(page: str, /, **values: object) -> str:
    """Link to a page: `link("taskforces.page", code="a1")`, also where nobody asks, as in the worker."""
    if has_request_context():
        try:
            return _built(page, language(), request.script_root, tuple(values.items()))
        except TypeError:  # a value that has no hash, such as a list of choices
            return url_for(page, **values)  # type: ignore[arg-type]
    current_app.inject_url_defaults(page, values)
    return current_app.url_map.bind("").build(page, values)


@lru_cache(maxsize=8192)
def _built(page: str, _lang: str, _root: str, values: tuple[tuple[str, object], ...]) -> str:
    # A page has dozens of links, and the same ones each time: language and root are what else they rest on.
    return url_for(page, **dict(values))  # type: ignore[arg-type]


def absolute(path: str) -> str:
    """Return the public address of a path. The host comes from the settings, never from the request."""
    return str(current_app.config["BASE_URL"]) + path


def in_language(code: str) -> str:
    """Return this very page in another language: same path, same query."""
    first, _, rest = request.path.lstrip("/").partition("/")
    path = f"/{code}/{rest}" if first in NAMES else f"/{code}/"
    query = request.query_string.decode("latin-1")
    return quote(path, safe="/-._~") + (f"?{query}" if query else "")


def canonical(code: str) -> str:
    """Return the public address of this page in a language, without its query."""
    return absolute(urlsplit(in_language(code)).path)


def default_address() -> str:
    """Return the public address of this page for readers of none of our languages.

    The chooser stands for home; every other page has its English form.
    """
    home = request.path.strip("/") in NAMES or request.path == "/"
    return absolute("/") if home else canonical("en")


def safe_path(target: str | None) -> str | None:
    """Return `target` if it is a plain path on this site, else None (whatever was sent)."""
    if not target or not target.startswith("/") or len(target) > 2000:
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    unsafe = parts.scheme or parts.netloc or target.startswith("//") or "\\" in target
    printable = all(32 < ord(letter) < 127 for letter in target)
    return target if printable and not unsafe else None


def own_path(address: str | None) -> str | None:
    """Return path and query of an address on this very host, else None (whatever was sent)."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return None
    return safe_path(f"{parts.path}?{parts.query}".rstrip("?")) if parts.netloc == request.host else None
