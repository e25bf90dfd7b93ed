"""Showing that one belongs to an organisation: in words and with files, for as long as the claim waits."""

from flask import Response, abort, flash, request
from werkzeug.datastructures import FileStorage

from permille.foundation.attachments import read_attachment
from permille.foundation.database import db
from permille.foundation.downloads import send_download
from permille.foundation.finding import found, within
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, number
from permille.foundation.limits import hold
from permille.foundation.links import link, safe_path
from permille.foundation.permissions import require
from permille.foundation.uploads import Refused, takes_file
from permille.people import evidence
from permille.people.evidence_forms import EvidenceForm
from permille.people.fairness import CLAIM_FILES
from permille.people.models import Affiliation, ClaimFile, Person
from permille.people.models.evidence import MOST_FILES
from permille.people.policy import may_edit_own
from permille.people.presence import signed_in
from permille.people.routes import people


@people.get("/me/organisation/evidence/")
def claim_evidence() -> Response:
    """Ask how somebody belongs to the organisation they have named, and for what shows it (3 statements)."""
    claim = evidence.waiting_claim(db.session, signed_in())
    if claim is None:
        return go_to(back())
    return _show(claim, EvidenceForm(formdata=None, function=claim.function, standing=claim.shows_standing))


@people.post("/me/organisation/evidence/")
@takes_file
def claim_evidence_now() -> Response:
    """Keep the words and the file, and go on, or stay to add another file."""
    person = signed_in()
    require(may_edit_own(person))
    claim = evidence.waiting_claim(db.session, person) or abort(409)
    form = EvidenceForm(has_files=bool(claim.files))
    if not _is_about(claim):
        return _show(claim, form, status=409, is_other=True)
    if not form.is_in_order():
        return _show(claim, form, status=422)
    function = form.function.data or ""
    try:
        file = _read_file(person, request.files.get("file"))
        shows = bool(form.standing.data)
        claim = evidence.hold_claim(db.session, person, with_organisation=shows) or abort(409)
        if not _is_about(claim):  # another organisation was named while the file was read
            return _show(claim, form, status=409, is_other=True)
        evidence.show(db.session, claim, function, file, shows_standing=shows)
    except Refused as refused:
        form.file.errors = [str(refused)]
        return _show(claim, form, status=422)
    except evidence.Full:
        db.session.rollback()
        most = number(MOST_FILES)
        form.file.errors = [_("There may be up to %(most)s files. Remove one first.", most=most)]
        return _show(claim, form, status=422)
    db.session.commit()
    if function or file is not None:
        flash(_("Saved. The Executive Secretariat sees it with your claim."))
    return go_to(_here() if "more" in request.form else back())


@people.get("/me/organisation/evidence/<int:file_id>/")
def claim_file(file_id: int) -> Response:
    """Send somebody a file of theirs: to be saved, never to be run here."""
    claim = evidence.waiting_claim(db.session, signed_in())
    return send_claim_file(found(evidence.file_of(db.session, claim, within(file_id))))


@people.get("/me/organisation/evidence/<int:file_id>/remove/")
def ask_to_remove_claim_file(file_id: int) -> Response:
    """Ask once: a file that is gone cannot be had back from here."""
    claim = evidence.waiting_claim(db.session, signed_in())
    file = found(evidence.file_of(db.session, claim, within(file_id)))
    return show("people/remove_claim_file.html", file=file, onward=onward(), form=Form())


@people.post("/me/organisation/evidence/<int:file_id>/remove/")
def remove_claim_file(file_id: int) -> Response:
    """Take a file away."""
    person = signed_in()
    require(may_edit_own(person))
    claim = found(evidence.hold_claim(db.session, person))
    evidence.remove(db.session, claim, found(evidence.file_of(db.session, claim, within(file_id))))
    db.session.commit()
    flash(_("The file is removed."))
    return go_to(_here())


def send_claim_file(file: ClaimFile) -> Response:
    """Send a file that came with a claim, as something to be saved."""
    return send_download(file.name, file.media_type, file.content)


def back() -> str:
    """Return the page somebody came from to name their organisation, else their own."""
    return onward() or link("people.mine")


def onward() -> str | None:
    """Return the page somebody came from to name their organisation, if they came from one."""
    return safe_path(request.args.get("next"))


def _here() -> str:
    return link("people.claim_evidence", next=onward())


def _is_about(claim: Affiliation) -> bool:
    # What was typed for one organisation must not land with another one that was named in another tab.
    return request.form.get("claim") == str(claim.id)


def _read_file(person: Person, sent: FileStorage | None) -> ClaimFile | None:
    # Read before anything is held: a picture takes a while.
    if sent is None or not sent.filename:
        return None
    hold(CLAIM_FILES, str(person.id))
    return ClaimFile(**read_attachment(sent).columns)


def _show(claim: Affiliation, form: EvidenceForm, status: int = 200, *, is_other: bool = False) -> Response:
    return show(
        "people/evidence.html",
        status=status,
        claim=claim,
        form=form,
        onward=onward(),
        most=MOST_FILES,
        is_other=is_other,
    )
