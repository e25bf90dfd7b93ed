"""Files that show what a candidate says: added, taken away and downloaded."""

from datetime import timedelta

from flask import Response, abort, flash, request
from wtforms import FileField

from permille.foundation.attachments import Attachment, read_attachment
from permille.foundation.database import db
from permille.foundation.downloads import send_download
from permille.foundation.finding import found, within
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _l, number
from permille.foundation.limits import Limit, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.uploads import MEGABYTE, Refused, takes_file
from permille.people.presence import signed_in
from permille.vacancies import amending, applying
from permille.vacancies.application_queries import bytes_held, evidence_of
from permille.vacancies.interests import has_interest
from permille.vacancies.models import Application, Evidence
from permille.vacancies.policy import may_add_file, may_attach
from permille.vacancies.routes import vacancies
from permille.vacancies.status_routes import find_application, show_application

FILES = Limit("evidence", 60, timedelta(hours=1))
MOST_HELD = 200 * MEGABYTE


class EvidenceForm(Form):
    """One file."""

    file = FileField(
        _l("Add a file"),
        description=_l("A letter of your organisation, a list of publications, a certificate."),
    )


@vacancies.post("/applications/<int:application_id>/files/")
@takes_file
def add_evidence(application_id: int) -> Response:
    """Check a file and keep it with the application."""
    person = signed_in()
    one = find_application(application_id)
    is_out = has_interest(db.session, one.vacancy_id, person.id)
    require(may_add_file(person, one, has_interest=is_out))
    form = EvidenceForm()
    if not form.is_in_order():
        return show_application(one, form, status=422)
    hold(FILES, str(person.id))
    try:
        file = read_attachment(request.files.get("file"))
        _hold_room(one, file, is_own=one.person_id == person.id)
        amending.attach(db.session, person, one, Evidence(**file.columns))
    except Refused as refused:
        form.file.errors = [str(refused)]
        return show_application(one, form, status=422)
    except applying.CannotApply as reason:
        if str(reason) != applying.FULL:
            abort(409)
        most = number(amending.MOST_FILES)
        form.file.errors = [_("There may be up to %(most)s files. Remove one first.", most=most)]
        return show_application(one, form, status=422)
    db.session.commit()
    flash(_("The file is added."))
    return go_to(link("vacancies.application", application_id=one.id))


@vacancies.get("/applications/<int:application_id>/files/<int:evidence_id>/remove/")
def ask_to_remove_evidence(application_id: int, evidence_id: int) -> Response:
    """Ask once: a file that is gone cannot be had back from here."""
    one = find_application(application_id)
    require(may_attach(signed_in(), one))
    file = found(evidence_of(db.session, one.id, within(evidence_id)))
    return show("vacancies/remove_evidence.html", application=one, file=file, form=Form())


@vacancies.post("/applications/<int:application_id>/files/<int:evidence_id>/remove/")
def remove_evidence(application_id: int, evidence_id: int) -> Response:
    """Take a file away."""
    one = find_application(application_id)
    require(may_attach(signed_in(), one))
    file = found(evidence_of(db.session, one.id, within(evidence_id)))
    try:
        amending.detach(db.session, one, file)
    except applying.CannotApply:
        abort(409)
    db.session.commit()
    flash(_("The file is removed."))
    return go_to(link("vacancies.application", application_id=one.id))


@vacancies.get("/applications/<int:application_id>/files/<int:evidence_id>/")
def evidence(application_id: int, evidence_id: int) -> Response:
    """Send a file to whoever may read the application: to be saved, never to be run here."""
    one = find_application(application_id)
    file = found(evidence_of(db.session, one.id, within(evidence_id)))
    return send_download(file.name, file.media_type, file.content)


def _hold_room(one: Application, file: Attachment, *, is_own: bool) -> None:
    # The room is the candidate's, whoever adds the file.
    if bytes_held(db.session, one.person_id or 0) + len(file.content) <= MOST_HELD:
        return
    if is_own:
        raise Refused(_("Your files take up all the room there is. Remove one first."))
    raise Refused(_("The files of this candidate take up all the room there is."))
