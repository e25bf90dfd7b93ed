"""The gate: what is turned away before any work is done for it, by size and by where it comes from."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from permille.foundation.config import FORM_PARTS, UPLOAD_BYTES
from permille.foundation.database import is_reading

LOOPBACK_6 = "[::1]"


def guard(app: Flask) -> None:
    """Believe the proxies that are ours, and put the gate before every request."""
    app.wsgi_app = _name_this_machine(app.wsgi_app)  # type: ignore[method-assign, assignment]
    if app.config.get("PROXIES"):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=app.config["PROXIES"], x_proto=1)  # type: ignore[method-assign]
    app.before_request(_hold_size)
    app.before_request(_refuse_foreign_writes)


def scheme() -> str:
    """Return the scheme of the public address; a proxy that forgets to name it changes nothing."""
    return str(current_app.config["BASE_URL"]).partition(":")[0]


def _name_this_machine(served: WSGIApplication) -> WSGIApplication:
    # The library's list of trusted hosts cannot hold an address in brackets, so this one goes by its name.
    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "")
        if host == LOOPBACK_6 or host.startswith(f"{LOOPBACK_6}:"):
            environ["HTTP_HOST"] = "localhost" + host.removeprefix(LOOPBACK_6)
        return served(environ, start)

    return serve


def _hold_size() -> None:
    # Decided before the body is read; every field of a form costs far more memory than its bytes.
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_file", False):
        request.max_content_length = UPLOAD_BYTES
    elif request.mimetype == "application/x-www-form-urlencoded" and _fields() > FORM_PARTS:
        abort(413)


def _fields() -> int:
    return request.get_data().count(b"&") + 1


def _refuse_foreign_writes() -> None:
    # Browsers that say where a form comes from are believed; the token is asked of everyone all the same.
    if is_reading():
        return
    from_where, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if from_where is None and origin is not None:
        ours = origin in (f"{scheme()}://{request.host}", current_app.config["BASE_URL"])
        from_where = "same-origin" if ours else "cross-site"
    if from_where in ("cross-site", "same-site"):
        abort(400)
