"""The audit log."""

from datetime import date

from flask import Response, request

from permille.foundation.database import db
from permille.foundation.finding import number, words
from permille.foundation.hypermedia import show
from permille.secretariat import audit_queries as queries
from permille.secretariat.acts import act_name, details_of
from permille.secretariat.routes import secretariat

KEPT = ("q", "action", "person", "about", "record", "since", "until")


@secretariat.get("/audit/")
def log() -> Response:
    """Show who did what, newest first, narrowed by act, by period, by person or by record."""
    kind, record = request.args.get("about", ""), number("record")
    wanted = queries.Wanted(
        action=request.args.get("action", ""),
        words=words(),
        person=number("person"),
        about=(kind, record) if kind and record else None,
        since=_day("since"),
        until=_day("until"),
    )
    return show(
        "secretariat/audit.html",
        acts=queries.acts(db.session, wanted, number("before")),
        most=queries.PAGE,
        actions=sorted(
            ((one, str(act_name(one))) for one in queries.kinds_of_acts(db.session)), key=lambda pair: pair[1]
        ),
        wanted=wanted,
        kept={name: value for name, value in request.args.items() if name in KEPT and value},
        act_name=act_name,
        details_of=details_of,
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
