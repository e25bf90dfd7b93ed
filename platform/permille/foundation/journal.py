"""The journal: one line of JSON per request of interest, and none of what people wrote, sent or are called.

A line says who (a number), what (the name of the view) and how it went. Addresses, bodies, query
values, tokens and the words of exceptions stay out: they may be somebody's.
"""

import json
import logging
import secrets
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from flask import Flask, Response, current_app, g, has_request_context, request
from flask.logging import default_handler

from permille.foundation.database import is_reading

OF_INTEREST = (400, 403, 409, 413, 429)
"""Refusals worth a line even when nothing was to be written."""
SECRET = ("token",)
"""What stands in an address and opens a door."""


DEPTH = 20
"""How many steps into an exception are told."""


class Lines(logging.Formatter):
    """Writes a record as one line of JSON; of an exception, its kind and where it happened."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if has_request_context():
            line["request"] = g.get("request_id", "")
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[1]:
            line["error"] = list(_kinds(record.exc_info[1]))
            line["where"] = [f"{one.filename}:{one.lineno}" for one in _frames(record.exc_info[1])]
        return json.dumps(line, ensure_ascii=False)


def keep_journal(app: Flask) -> None:
    """Give every request its number, and write down those of interest."""
    default_handler.setFormatter(Lines())
    app.logger.addHandler(default_handler)  # once, however many apps there are
    app.logger.setLevel(logging.INFO)
    app.before_request(_begin)
    app.after_request(_write)


def _begin() -> None:
    g.request_id, g.began = secrets.token_hex(6), perf_counter()


def _write(response: Response) -> Response:
    status = response.status_code
    if is_reading() and status < 500 and status not in OF_INTEREST:
        return response
    actor, role = g.get("actor", (None, None))
    facts = {
        "actor": actor,
        "role": role,
        "method": request.method,
        "action": request.endpoint,
        "object": {name: value for name, value in (request.view_args or {}).items() if name not in SECRET},
        "decision": "done" if status < 400 else "refused" if status < 500 else "failed",
        "status": status,
        "ms": round((perf_counter() - g.get("began", perf_counter())) * 1000),
    }
    current_app.logger.log(
        logging.ERROR if status >= 500 else logging.INFO, "request", extra={"facts": facts}
    )
    return response


def _kinds(error: BaseException) -> Iterator[str]:
    # The words of an exception may hold what somebody typed; what the database calls it does not.
    seen: BaseException | None = error
    while seen is not None:
        yield " ".join(str(part) for part in (type(seen).__name__, getattr(seen, "sqlstate", None)) if part)
        seen = seen.__cause__ or seen.__context__


def _frames(error: BaseException) -> Iterator[traceback.FrameSummary]:
    seen: BaseException | None = error
    while seen is not None:
        yield from traceback.extract_tb(seen.__traceback__)[-DEPTH:]
        seen = seen.__cause__ or seen.__context__
