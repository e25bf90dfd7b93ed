"""The record of a vacancy on one page that prints, checked as it is shown; corrections are added to it."""

from typing import Any

from flask import Response, current_app, flash
from wtforms import TextAreaField

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.documents import CannotBeMade, document
from permille.foundation.downloads import send_download
from permille.foundation.finding import found, within
from permille.foundation.forms import Form, at_most, said
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _l
from permille.foundation.limits import MINUTE, Limit, hold_reading
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.presence import signed_in
from permille.vacancies.checking import flaws
from permille.vacancies.interests import has_interest
from permille.vacancies.models import Vacancy
from permille.vacancies.policy import may_run
from permille.vacancies.queries import names_of, vacancy_by_id
from permille.vacancies.record import entries_of, hold_vacancy, note
from permille.vacancies.record_paper import record_on_paper
from permille.vacancies.routes import vacancies
from permille.vacancies.seats import seat_of

DOCUMENTS = Limit("documents", 20, MINUTE)


class CorrectionForm(Form):
    """What was wrong in a record, and what is right."""

    correction = TextAreaField(
        _l("Correction"),
        description=_l("Say which entry is wrong and what is right. It is added; nothing is changed."),
        validators=[said(_l("Say what is right.")), at_most(2000)],
    )


@vacancies.get("/vacancies/records/<int:vacancy_id>/")
def record(vacancy_id: int) -> Response:
    """Show everything that happened to a vacancy, and whether it is as it was written (8 statements)."""
    vacancy = _find(vacancy_id)
    return _show(vacancy, CorrectionForm(formdata=None))


@vacancies.get("/vacancies/records/<int:vacancy_id>/pdf/")
def record_pdf(vacancy_id: int) -> Response:
    """Send the same as a PDF in the language of the address (8 statements, none while it is made)."""
    vacancy, person = _find(vacancy_id), signed_in()
    hold_reading(DOCUMENTS, str(person.id))
    made = now()
    said = record_on_paper(db.session, vacancy, person, made)
    name = f"record-{seat_of(vacancy).code.lower()}-{seat_of(vacancy).slug}-{vacancy.id}.pdf"
    db.session.rollback()  # lets go of the database: setting a long record takes its time
    try:
        pdf = document("record", made, **said)
    except CannotBeMade as reason:
        current_app.logger.error("a record could not be made into a document: %s", reason)
        flash(_("The PDF could not be made. You can print this page instead."), "bad")
        return go_to(link("vacancies.record", vacancy_id=vacancy_id))
    return send_download(name, "application/pdf", pdf)


@vacancies.post("/vacancies/records/<int:vacancy_id>/")
def correct_record(vacancy_id: int) -> Response:
    """Add a correction."""
    person = signed_in()
    vacancy = _find(vacancy_id)
    require(may_run(person, has_interest=has_interest(db.session, vacancy.id, person.id)))
    form = CorrectionForm()
    if not form.is_in_order():
        return _show(vacancy, form, status=422)
    hold_vacancy(db.session, vacancy.id)
    note(db.session, vacancy, person, "record.corrected", correction=form.correction.data)
    audit.record(db.session, person, "record.corrected", vacancy, objective=vacancy.objective.code)
    db.session.commit()
    flash(_("The correction is added."))
    return go_to(link("vacancies.record", vacancy_id=vacancy.id))


def _find(vacancy_id: int) -> Vacancy:
    person = signed_in()
    require(may_run(person, has_interest=False))
    vacancy = found(vacancy_by_id(db.session, within(vacancy_id)))
    require(may_run(person, has_interest=has_interest(db.session, vacancy.id, person.id)))
    return vacancy


def _show(vacancy: Vacancy, form: CorrectionForm, status: int = 200) -> Response:
    entries = entries_of(db.session, vacancy.id)
    ids = {one for entry in entries for one in (entry.actor_id, entry.subject_id) if one}
    context: dict[str, Any] = {
        "entries": entries,
        "names": names_of(db.session, ids),
        "flaws": flaws(db.session, vacancy.id),
    }
    name = seat_of(vacancy)
    return show("vacancies/record.html", status=status, vacancy=vacancy, name=name, form=form, **context)
