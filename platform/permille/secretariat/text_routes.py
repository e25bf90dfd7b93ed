"""Texts of the strategy and legal texts: how far each language is, and editing one beside the English."""

from typing import Any

from flask import Response, abort, flash, request
from werkzeug.datastructures import MultiDict

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import Form, clean
from permille.foundation.hypermedia import go_to, show
from permille.foundation.kept_forms import kept_fields
from permille.foundation.languages import CHOICE, LANGUAGES, _, number
from permille.foundation.links import link
from permille.foundation.multilingual import SOURCE
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat.records import KINDS, all_records, find_record
from permille.secretariat.routes import secretariat
from permille.secretariat.texts import Record, save

LONGEST = 20_000
OURS, RELEASE = "ours", "release"
KIND = f"any({','.join(KINDS)})"


@secretariat.get("/texts/")
def texts() -> Response:
    """Show how far each text is in each language."""
    records = all_records(db.session)
    states = {record.code: {lang: record.state(lang) for lang in LANGUAGES} for record in records}
    return show("secretariat/texts.html", records=records, states=states)


@secretariat.get(f"/texts/<{KIND}:kind>/<code>/<{CHOICE}:of>/")
def text(kind: str, code: str, of: str) -> Response:
    """Show the texts of one record in one language, beside the English."""
    record = find_record(db.session, kind, code) or abort(404)
    kept = kept_fields()
    if kept is None:
        return _show(record, of)
    return _show(record, of, written=_written(record, of, kept), stamp=kept.get("stamp"))


@secretariat.post(f"/texts/<{KIND}:kind>/<code>/<{CHOICE}:of>/")
def text_now(kind: str, code: str, of: str) -> Response:
    """Keep the texts; 409, with both versions shown, when somebody else changed them meanwhile."""
    person = signed_in()
    require(may_use_desk(person))
    record = find_record(db.session, kind, code, to_change=True) or abort(404)
    form, written = Form(), _written(record, of, request.form)
    problems = _problems(record, of, written)
    if not form.is_in_order() or problems:
        stamp = request.form.get("stamp")  # still that of the texts they began with
        return _show(record, of, status=422, written=written, problems=problems, stamp=stamp)
    if request.form.get("stamp") != record.stamp(of):
        return _show(record, of, status=409, written=written)
    confirmed = bool(request.form.get("confirmed"))
    changed = save(
        db.session, record, of, written, confirmed=confirmed, settled=_choices(record, request.form)
    )
    audit.record(
        db.session, person, "text.changed", None, record=f"{kind}/{code}", language=of, texts=len(changed)
    )
    db.session.commit()
    flash(_("Saved."))
    return go_to(link("secretariat.texts"))


def _show(
    record: Record,
    of: str,
    status: int = 200,
    written: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    stamp: str | None = None,
) -> Response:
    context: dict[str, Any] = {
        "record": record,
        "of": of,
        "form": Form(formdata=None),
        "stamp": stamp or record.stamp(of),
    }
    context |= {"written": written, "problems": problems or {}, "is_clash": status == 409}
    return show("secretariat/text.html", status=status, **context)


def _written(record: Record, of: str, sent: MultiDict[str, str]) -> dict[str, str]:
    chosen = _choices(record, sent)
    found = {}
    for one in record.texts:
        typed = (clean(sent.get(one.key)) or "").replace("\r\n", "\n")
        found[one.key] = one.shipped(of) if chosen.get(one.key) == RELEASE else typed
    return found


def _choices(record: Record, sent: MultiDict[str, str]) -> dict[str, str]:
    """Return what was chosen for the fields in conflict: the text kept here, or that of the release."""
    chosen = {one.key: sent.get(f"conflict-{one.key}", "") for one in record.texts}
    return {key: choice for key, choice in chosen.items() if choice in (OURS, RELEASE)}


def _problems(record: Record, of: str, written: dict[str, str]) -> dict[str, str]:
    problems = {}
    for one in record.texts:
        length = len(written[one.key])
        if length > LONGEST:
            problems[one.key] = _(
                "This text has %(length)s characters. Please keep it under %(limit)s.",
                length=number(length),
                limit=number(LONGEST),
            )
        # The English of a text that came with the release is what the other languages fall back on.
        elif of == SOURCE and not length and one.path and (here := one.version(SOURCE)) and here.text:
            problems[one.key] = _(
                "The English text is shown where a translation is missing. It cannot be empty."
            )
    return problems
