"""Error pages that help: in the reader's language, with the right status, with a way on."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask.globals import request_ctx
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from permille.foundation.database import db
from permille.foundation.hypermedia import wants_fragment
from permille.foundation.languages import LANGUAGES
from permille.foundation.links import absolute

RETRY_SECONDS = "30"
OVERTAKEN = ("40001", "40P01")
"""PostgreSQL's words for two transactions that cannot both be: one that cannot be put in order, a deadlock."""

Answer = TypeVar("Answer", bound=Callable[[], Response | None])
_too_old: dict[str, Callable[[], Response | None]] = {}


def when_too_old(endpoint: str) -> Callable[[Answer], Answer]:
    """Let a page answer a stale form itself, when it knows what became of it: the function may return None."""

    def note(answer: Answer) -> Answer:
        _too_old[endpoint] = answer
        return answer

    return note


def explain_errors(app: Flask) -> None:
    """Register the pages for what can go wrong."""
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(OperationalError, _database_gone)
    app.register_error_handler(IntegrityError, _somebody_was_faster)
    app.register_error_handler(StaleDataError, _somebody_was_faster)
    app.register_error_handler(Exception, _our_fault)


def _explain(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    if isinstance(error, CSRFError):
        answer = _too_old.get(request.endpoint or "")
        return (answer() if answer else None) or _page("token", 400)
    code = error.code or 500
    response = _page(str(code) if code in (400, 403, 404, 405, 409, 410, 413, 429, 503) else "500", code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _somebody_was_faster(error: Exception) -> Response:
    _write_down(error)
    g.pop("_login_user", None)  # who is looking is read again: it was part of what is rolled back
    return _page("409", 409)


def _database_gone(error: DBAPIError) -> Response:
    if getattr(error.orig, "sqlstate", None) in OVERTAKEN:
        return _somebody_was_faster(error)
    return _unwell(error, "503", 503)


def _our_fault(error: Exception) -> Response:
    return _unwell(error, "500", 500)


def _write_down(error: Exception) -> None:
    current_app.logger.error("failed", exc_info=error)
    db.session.rollback()


def _unwell(error: Exception, what: str, status: int) -> Response:
    _write_down(error)
    g.is_unwell = True  # the page must not ask the database again
    response = _page(what, status)
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _page(what: str, status: int) -> Response:
    if g.get("language") not in LANGUAGES:
        g.language = "en"
    if request_ctx.url_adapter is None:  # a foreign host: no link within the site leads anywhere from there
        page = render_template("portals/foreign.html", home=absolute(f"/{g.language}/"))
        return make_response(page, status)
    response = make_response(render_template("portals/error.html", what=what), status)
    if request.method == "POST" and wants_fragment():  # the form stays as it is; the page's script says why
        response.headers["HX-Reswap"] = "none"
    return response
