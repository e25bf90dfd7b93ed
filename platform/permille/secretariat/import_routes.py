"""Importing organisations from a CSV file: upload, see what each line would do, then do it."""

from flask import Response, abort, flash, request
from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db, held
from permille.foundation.finding import found, within
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, listed
from permille.foundation.languages import number as written
from permille.foundation.limits import hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.uploads import MOST_ROWS, Refused, Table, read_table, takes_file
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.people.words import KINDS, STATES
from permille.secretariat.fairness import UPLOADS
from permille.secretariat.forms import ImportForm
from permille.secretariat.importing import Line, carry_out, plan
from permille.secretariat.models import ImportFile
from permille.secretariat.routes import secretariat
from permille.secretariat.table import COLUMNS, REQUIRED

SHOWN = 500


@secretariat.get("/organisations/import/")
def import_organisations() -> Response:
    """Explain the file and take it."""
    return _ask(ImportForm())


@secretariat.post("/organisations/import/")
@takes_file
def upload_organisations() -> Response:
    """Check a file and keep its rows until they are imported; nothing is changed yet."""
    person = signed_in()
    require(may_use_desk(person))
    form = ImportForm()
    if not form.is_in_order():
        return _ask(form, status=422)
    hold(UPLOADS, str(person.id))
    try:
        table = read_table(request.files.get("file"))
        _check_headings(table)
    except Refused as refused:
        form.file.errors = [str(refused)]
        return _ask(form, status=422)
    kept = ImportFile(person_id=person.id, name=table.name, rows=[list(row) for row in table.rows])
    db.session.add(kept)
    db.session.commit()
    return go_to(link("secretariat.check_import", import_id=kept.id))


@secretariat.get("/organisations/import/<int:import_id>/")
def check_import(import_id: int) -> Response:
    """Show what each line of the file would do; nothing is changed."""
    kept = _waiting(import_id)
    return _show_plan(kept, plan(db.session, kept.rows))


@secretariat.post("/organisations/import/<int:import_id>/")
def import_now(import_id: int) -> Response:
    """Add and change what the file says; lines with errors are left out."""
    person = signed_in()
    require(may_use_desk(person))
    kept = _waiting(import_id, to_change=True)
    lines = plan(db.session, kept.rows, to_change=True)
    added, changed = carry_out(db.session, lines, person)
    kept.done_at, kept.rows = now(), []
    audit.record(db.session, person, "organisation.imported", kept, added=added, changed=changed)
    db.session.commit()
    flash(_("Added: %(added)s. Changed: %(changed)s.", added=written(added), changed=written(changed)))
    return go_to(link("secretariat.organisations"))


def _ask(form: ImportForm, status: int = 200) -> Response:
    kinds = [kind.value for kind in KINDS]
    states = [state.value for state in STATES]
    return show(
        "secretariat/import.html",
        status=status,
        form=form,
        columns=COLUMNS,
        kinds=kinds,
        states=states,
        most=MOST_ROWS,
    )


def _check_headings(table: Table) -> None:
    absent = [name for name in REQUIRED if name not in table.headings]
    unknown = [name for name in table.headings if name and name not in COLUMNS]
    if absent:
        raise Refused(_("These headings are missing: %(names)s", names=listed(absent)))
    if unknown:
        raise Refused(_("These headings are not known: %(names)s", names=listed(unknown[:10])))
    if not table.rows:
        raise Refused(_("The file has headings and no lines below them."))


def _waiting(import_id: int, *, to_change: bool = False) -> ImportFile:
    query = select(ImportFile).where(ImportFile.id == within(import_id))
    kept = found(db.session.scalar(held(query, ImportFile) if to_change else query))
    return kept if kept.done_at is None else abort(409)


def _show_plan(kept: ImportFile, lines: list[Line]) -> Response:
    counts = {
        does: sum(line.does == does for line in lines) for does in ("add", "change", "same", "left out")
    }
    # What needs attention comes first; a long file is shown in part.
    shown = sorted(lines, key=lambda line: line.does != "left out")[:SHOWN]
    return show(
        "secretariat/import_check.html",
        kept=kept,
        counts=counts,
        lines=shown,
        form=Form(),
        hidden=len(lines) - len(shown),
    )
