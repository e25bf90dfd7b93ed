"""Security of every response: headers, who may keep a copy, and answers that are known before any work."""

import hashlib
import secrets
from functools import partial

from flask import Flask, Response, g, request, session

from permille import __version__
from permille.foundation.clock import now
from permille.foundation.database import alone_on, db
from permille.foundation.gate import guard, scheme
from permille.foundation.hypermedia import wants_fragment
from permille.foundation.keeping import KEEP_UNDER, KeptPages, known_tags
from permille.foundation.site import glance, revision, site

HEADERS = {
    "Server": "",  # the server would put its name there; nothing can be said, but not left unsaid
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
    "Reporting-Endpoints": 'csp="/csp"',
}
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'; report-to csp"
)
REDIRECTS = (301, 302, 303, 307, 308)
THEMES = ("light", "dark")
"""What the cookie may say; anything else is no page of its own."""
PRIVATE = "no-store"
PUBLIC = "public, no-cache"


def harden(app: Flask) -> None:
    """Put the headers on every response and let unchanged public pages be answered 304."""
    _keep_pages(app)
    guard(app)
    app.jinja_env.globals["nonce"] = nonce
    app.before_request(_answer_unchanged)
    app.after_request(_put_headers)


def nonce() -> str:
    """Return this response's nonce for its scripts; a page anyone may keep has none."""
    if is_public():
        return ""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def is_public() -> bool:
    """Tell whether this page is the same for every signed-out reader, so that caches may keep it.

    It is when it is read without a session. A page with a form carries a token and calls `keep_private()`.
    """
    return request.method in ("GET", "HEAD") and not g.get("is_private") and not session


def keep_private() -> None:
    """Say that this page is for one reader only: it carries a token or a name."""
    g.is_private = True


def _etag() -> str:
    if "etag" not in g:
        seed = f"{__version__} {site().revision} {now():%Y-%m-%d} {request.full_path}"
        theme = request.cookies.get("theme")
        shape = f"{wants_fragment()} {theme if theme in THEMES else ''} {g.get('language')}"
        g.etag = hashlib.sha256(f"{seed} {shape}".encode()).hexdigest()[:27]
    return str(g.etag)


def _answer_unchanged() -> Response | None:
    if request.endpoint in (None, "static") or not is_public():
        return None
    glance()
    return Response(status=304) if _etag() in known_tags(request.if_none_match) else None


def _keep_pages(app: Flask) -> None:
    with app.app_context():
        alone = alone_on(db.engine)
    most, cookie = app.config.get("KEPT_PAGES", 0), app.config["SESSION_COOKIE_NAME"]
    kept = KeptPages(most, partial(revision, alone), cookie, THEMES)
    app.extensions["kept_pages"] = kept
    app.wsgi_app = kept.serve(app.wsgi_app)  # type: ignore[method-assign, assignment]


def forget_this_reader(response: Response, *kinds: str) -> Response:
    """Tell the browser to drop what it keeps of this site: `"cache"`, `"cookies"`, `"storage"`."""
    response.headers["Clear-Site-Data"] = ", ".join(f'"{kind}"' for kind in kinds)
    return response


def _put_headers(response: Response) -> Response:
    if response.status_code in REDIRECTS:
        response.set_data(b"")  # the library's words in it are English, whoever reads
    response.headers.update(HEADERS)
    if "no_referrer" in g:
        response.headers["Referrer-Policy"] = "no-referrer"
    if request.endpoint != "static" or response.status_code != 200:
        _say_who_keeps_it(response)
    public = "Cache-Control" in response.headers and "public" in response.headers["Cache-Control"]
    scripts = f"{scheme()}://{request.host}/static/" if public else f"'nonce-{g.get('nonce', 'none')}'"
    response.headers["Content-Security-Policy"] = POLICY.format(scripts=scripts)
    return response


def _say_who_keeps_it(response: Response) -> None:
    response.vary.add("HX-Request")
    response.vary.add("Cookie")
    if g.get("is_negotiated"):
        response.vary.add("Accept-Language")
    if response.status_code in (200, 304) and is_public() and "nonce" not in g:
        response.headers["Cache-Control"] = PUBLIC
        response.set_etag(_etag())
        if not g.get("is_negotiated"):
            request.environ[KEEP_UNDER] = site().revision
    else:
        response.headers["Cache-Control"] = PRIVATE
    if response.mimetype == "text/html":
        response.content_language.add(str(g.get("language", "en")))
