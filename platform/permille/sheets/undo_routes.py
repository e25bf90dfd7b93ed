"""The page of a list that was entered, and taking it back."""

from flask import Response, abort, flash

from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _n
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import require_fresh, signed_in
from permille.sheets.models import Sheet
from permille.sheets.policy import may_undo, may_use_sheets
from permille.sheets.queries import sheet_by_id
from permille.sheets.routes import sheets
from permille.sheets.undoing import fates, undo


@sheets.get("/<int:sheet_id>/")
def sheet(sheet_id: int) -> Response:
    """Show who entered a list and when, and its rows."""
    one = _entered(sheet_id)
    return show("sheets/sheet.html", one=one, fates=fates(db.session, one, signed_in()))


@sheets.get("/<int:sheet_id>/undo/")
def ask_to_undo(sheet_id: int) -> Response:
    """Say which rows would go and which would stay, and why."""
    one = _entered(sheet_id)
    return show("sheets/undo.html", one=one, fates=fates(db.session, one, signed_in()), form=Form())


@sheets.post("/<int:sheet_id>/undo/")
def undo_now(sheet_id: int) -> Response:
    """Take back what can go; 409 when nothing can."""
    person = signed_in()
    require(may_use_desk(person))
    one = _entered(sheet_id, to_change=True)
    require(may_undo(person, one))
    require_fresh()
    gone = undo(db.session, one, person)
    if not gone:
        db.session.rollback()
        abort(409)
    db.session.commit()
    flash(_n("%(n)s row is taken back.", "%(n)s rows are taken back.", gone))
    return go_to(link("sheets.sheet", sheet_id=sheet_id))


def _entered(sheet_id: int, *, to_change: bool = False) -> Sheet:
    person = signed_in()
    require(may_use_sheets(person))
    one = found(sheet_by_id(db.session, within(sheet_id), to_change=to_change))
    return one if may_undo(person, one) else abort(404)
