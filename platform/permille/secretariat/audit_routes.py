"""The audit log."""

from flask import Response, request

from permille.foundation.database import db
from permille.foundation.hypermedia import show
from permille.secretariat import audit_queries as queries
from permille.secretariat.finding import number
from permille.secretariat.routes import secretariat

ABOUT = {"organisation": "organisation", "person": "person"}


@secretariat.get("/audit/")
def log() -> Response:
    """Show who did what, newest first, narrowed by act, by person or by record."""
    action = request.args.get("action", "")
    kind, record = request.args.get("about", ""), number("record")
    rows = queries.audit_entries(
        db.session,
        action=action,
        person_id=number("person"),
        about=(kind, record) if kind and record else None,
        before=number("before"),
    )
    kept = {
        name: value for name, value in request.args.items() if name in ("action", "person", "about", "record")
    }
    actions = queries.kinds_of_acts(db.session)
    return show(
        "secretariat/audit.html", rows=rows, most=queries.PAGE, actions=actions, action=action, kept=kept
    )
