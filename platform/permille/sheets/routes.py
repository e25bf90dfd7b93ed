"""Lists of holders and candidates: choose a file, see what each row would do, then enter it."""

from flask import Blueprint, Response, abort, flash, request
from sqlalchemy.exc import IntegrityError

from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import CHOICE, _, _n, listed, number
from permille.foundation.limits import hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.uploads import Refused, Table, read_table, takes_file
from permille.people.models import Person
from permille.people.policy import may_use_desk
from permille.people.presence import require_fresh, signed_in
from permille.sheets.entering import WorldChanged, enter
from permille.sheets.fairness import FILES, MAILINGS
from permille.sheets.forms import EnterForm, SheetForm
from permille.sheets.lines import Line, digest_of
from permille.sheets.models import Sheet, What
from permille.sheets.planning import plan
from permille.sheets.policy import may_enter, may_use_sheets
from permille.sheets.queries import sheet_by_id, sheets_entered
from permille.sheets.reading import heading
from permille.sheets.words import COLUMNS, MEANINGS, REQUIRED

sheets = Blueprint("sheets", __name__, url_prefix=f"/<{CHOICE}:lang>/sheets")
KINDS = f"/<any({','.join(What)}):what>/"
MOST = 2_000
SHOWN = 500


@sheets.get("/")
def index() -> Response:
    """Show the lists that were entered, and the ways to bring and to take one (2 statements)."""
    require(may_use_sheets(signed_in()))
    return show("sheets/index.html", rows=sheets_entered(db.session), kinds=list(What), form=Form())


@sheets.get(KINDS)
def choose(what: str) -> Response:
    """Explain the file and take it."""
    require(may_use_sheets(signed_in()))
    return _ask(What(what), SheetForm())


@sheets.post(KINDS)
@takes_file
def upload(what: str) -> Response:
    """Keep the rows of a file until they are entered; nothing is changed yet."""
    person = signed_in()
    require(may_use_desk(person))
    form, kind = SheetForm(), What(what)
    if not form.is_in_order():
        return _ask(kind, form, status=422)
    hold(FILES, str(person.id))
    try:
        table = _in_columns(read_table(request.files.get("file")), kind)
    except Refused as refused:
        form.file.errors = [str(refused)]
        return _ask(kind, form, status=422)
    sheet = Sheet(person_id=person.id, what=kind, name=table.name, rows=[list(row) for row in table.rows])
    db.session.add(sheet)
    db.session.commit()
    return go_to(link("sheets.check", sheet_id=sheet.id))


@sheets.get("/<int:sheet_id>/check/")
def check(sheet_id: int) -> Response:
    """Show what each row would do; nothing is changed (8 statements, and 2 per 500 accounts)."""
    person = signed_in()
    sheet = _waiting(person, sheet_id)
    return _show_plan(sheet, plan(db.session, sheet, person), EnterForm(formdata=None))


@sheets.post("/<int:sheet_id>/check/")
def enter_now(sheet_id: int) -> Response:
    """Enter what was shown, all of it or nothing; 409 with the new state where it would do something else by now."""
    person = signed_in()
    sheet, form = _waiting(person, sheet_id), EnterForm()
    require(may_enter(person, sheet))
    require_fresh()
    if not form.is_in_order():
        return _show_plan(sheet, plan(db.session, sheet, person), form, status=422)
    tells = form.tells.data or sheet.what == What.CANDIDATES
    if tells:
        hold(MAILINGS, str(person.id))
    sheet = _waiting(person, sheet_id, to_change=True)
    try:
        made = enter(db.session, sheet, person, seen=form.seen.data or "", tells=tells)
        db.session.commit()
    except (WorldChanged, IntegrityError):  # of two who enter the same at once the indexes let one in
        db.session.rollback()
        sheet = _waiting(person, sheet_id)
        return _show_plan(sheet, plan(db.session, sheet, person), form, status=409)
    flash(_n("%(n)s row is entered.", "%(n)s rows are entered.", made))
    return go_to(link("sheets.sheet", sheet_id=sheet_id))


def _waiting(person: Person, sheet_id: int, *, to_change: bool = False) -> Sheet:
    require(may_use_sheets(person))
    sheet = found(sheet_by_id(db.session, within(sheet_id), to_change=to_change))
    if sheet.done_at is not None:
        abort(409)
    return sheet if may_enter(person, sheet) else abort(404)


def _in_columns(table: Table, what: What) -> Table:
    headings = tuple(heading(one) for one in table.headings)
    absent = [name for name in REQUIRED if name not in headings]
    unknown = [name for name in headings if name and name not in COLUMNS[what]]
    if absent:
        raise Refused(_("These headings are missing: %(names)s", names=listed(absent)))
    if unknown:
        raise Refused(_("These headings are not known: %(names)s", names=listed(unknown[:10])))
    if len(set(headings)) != len(headings):
        raise Refused(_("The first line must be the headings, each of them once."))
    if not table.rows:
        raise Refused(_("The file has headings and no lines below them."))
    if len(table.rows) > MOST:
        raise Refused(_("The file has too many lines. It may have up to %(most)s.", most=number(MOST)))
    rows = [(line, {heading(name): cell for name, cell in cells.items()}) for line, cells in table.rows]
    return Table(table.name, headings, rows)


def _ask(what: What, form: SheetForm, status: int = 200) -> Response:
    columns = COLUMNS[what]
    meanings = [(column, MEANINGS[column]) for column in columns if column in MEANINGS]
    return show(
        "sheets/choose.html",
        status=status,
        what=what,
        form=form,
        columns=columns,
        meanings=meanings,
        most=MOST,
    )


def _show_plan(sheet: Sheet, lines: list[Line], form: EnterForm, status: int = 200) -> Response:
    form.seen.data = digest_of(lines)
    counts = {does: sum(line.does == does for line in lines) for does in ("add", "same", "left out")}
    # What needs attention comes first; a long file is shown in part.
    shown = sorted(lines, key=lambda line: (line.does != "left out", not line.warnings))[:SHOWN]
    return show(
        "sheets/check.html", status=status, sheet=sheet, lines=shown, counts=counts, form=form,
        accounts=len({line.email for line in lines if line.does == "add" and line.newcomer}),
        hidden=len(lines) - len(shown), has_changed=status == 409,
    )  # fmt: skip


from permille.sheets import export_routes, undo_routes  # noqa: E402, F401 (they register on the blueprint above)
