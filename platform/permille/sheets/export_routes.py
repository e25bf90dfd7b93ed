"""Taking a list along as a file."""

from flask import Response

from permille.foundation import audit, uploads
from permille.foundation.database import db
from permille.foundation.limits import hold
from permille.foundation.permissions import require
from permille.people.fairness import EXPORTS
from permille.people.policy import may_use_desk
from permille.people.presence import require_fresh, signed_in
from permille.sheets.exporting import rows_to_take
from permille.sheets.models import What
from permille.sheets.routes import KINDS, sheets
from permille.sheets.words import COLUMNS, IN_THE_LOG


@sheets.post(f"{KINDS}file/")
def export(what: str) -> Response:
    """Return holders or candidates as a CSV file that can be read in again."""
    person, kind = signed_in(), What(what)
    require(may_use_desk(person))
    require_fresh()
    hold(EXPORTS, str(person.id))
    rows = rows_to_take(db.session, kind, person)
    audit.record(db.session, person, f"{IN_THE_LOG[kind]}.exported", None, rows=len(rows))
    db.session.commit()
    response = Response(uploads.write_table(COLUMNS[kind], rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={kind}.csv"
    return response
