"""Complaints: made on the page of a seat, listed for the Secretariat, answered by others than those who decided."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash
from wtforms import RadioField, TextAreaField

from permille.complaints.complaining import CannotComplain, complain, settle
from permille.complaints.models import LONGEST_WORDS, Complaint, Finding
from permille.complaints.policy import is_entrusted, may_answer, may_complain, may_handle, may_name, may_read
from permille.complaints.queries import (
    at_desk,
    cases,
    complaint_by_id,
    complaint_of,
    decided_by,
    handlers,
    last_nomination,
)
from permille.complaints.words import FINDINGS
from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.forms import Form, at_most, options, said
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import CHOICE, _, _l, language
from permille.foundation.limits import Limit, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.objectives.models import Objective
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.vacancies.routes import SEAT, seat_or_404
from permille.vacancies.seats import SeatName, seat_of

complaints = Blueprint("complaints", __name__, url_prefix=f"/<{CHOICE}:lang>")

MAKING = Limit("complaint", 10, timedelta(days=1))


class ComplaintForm(Form):
    """What somebody objects to."""

    words = TextAreaField(
        _l("What is wrong with this nomination?"),
        description=_l(
            "Say what happened and what you know of it. It is read by people who had no part in the decision."
        ),
        validators=[said(_l("Say what is wrong.")), at_most(LONGEST_WORDS)],
    )


class AnswerForm(Form):
    """What came out of a complaint."""

    finding = RadioField(
        _l("What came out of it"), choices=options(FINDINGS.items()), validators=[said(_l("Choose one."))]
    )
    answer = TextAreaField(
        _l("Answer"),
        description=_l("Who complained reads it. If the complaint is right, say what follows from it."),
        validators=[said(_l("Write an answer.")), at_most(LONGEST_WORDS)],
    )


@complaints.get(f"{SEAT}complaint/")
def make(code: str, seat: str) -> Response:
    """Show the form; to who complained already, what became of it."""
    person = signed_in()
    objective, name = seat_or_404(code, seat)
    nomination = last_nomination(db.session, objective.id, name.region)
    known = complaint_of(db.session, nomination.id, person.id) if nomination else None
    if known is not None:
        return go_to(link("complaints.complaint", complaint_id=known.id))
    can = may_complain(person, nomination)
    return _ask(objective, name, ComplaintForm(formdata=None), can=can)


@complaints.post(f"{SEAT}complaint/")
def make_now(code: str, seat: str) -> Response:
    """Send it to those who had no part in the decision."""
    person = signed_in()
    objective, name = seat_or_404(code, seat)
    nomination = last_nomination(db.session, objective.id, name.region)
    require(may_complain(person, nomination))
    form = ComplaintForm()
    if not form.is_in_order():
        return _ask(objective, name, form, can=True, status=422)
    hold(MAKING, str(person.id))
    nomination = last_nomination(db.session, objective.id, name.region) or abort(409)
    try:
        one = complain(db.session, person, nomination, objective, language(), form.words.data or "")
    except CannotComplain:
        db.session.rollback()
        return go_to(link("complaints.make", **name.address))
    db.session.commit()
    flash(_("Your complaint has arrived. You are told as soon as it is answered."))
    return go_to(link("complaints.complaint", complaint_id=one.id))


@complaints.get("/complaints/")
def index() -> Response:
    """List the complaints for the Secretariat; those one had a part in only as being there (5 statements)."""
    person = signed_in()
    require(may_use_desk(person))
    desk = at_desk(db.session)
    rows = [
        (
            one.complaint,
            may_handle(person, one.complaint, one.decided),
            may_name(person, one.complaint, one.decided, desk),
        )
        for one in cases(db.session)
    ]
    return show("complaints/index.html", rows=rows, seat_of=seat_of)


@complaints.get("/complaints/<int:complaint_id>/")
def complaint(complaint_id: int) -> Response:
    """Show a complaint to who made it, and to who may answer it."""
    return _show(_find(complaint_id), AnswerForm(formdata=None))


@complaints.post("/complaints/<int:complaint_id>/")
def answer(complaint_id: int) -> Response:
    """Answer it."""
    person, one = signed_in(), _find(complaint_id)
    require(may_answer(person, one, decided_by(db.session, one.nomination)))
    form = AnswerForm()
    if not form.is_in_order():
        return _show(one, form, status=422)
    try:
        settle(
            db.session,
            person,
            one,
            one.nomination.vacancy.objective,
            Finding(form.finding.data),
            form.answer.data or "",
        )
    except CannotComplain:
        abort(409)
    db.session.commit()
    flash(_("Answered. Who complained is told."))
    return go_to(link("complaints.complaint", complaint_id=one.id))


def _find(complaint_id: int) -> Complaint:
    person = signed_in()
    one = found(complaint_by_id(db.session, within(complaint_id)))
    return one if may_read(person, one, decided_by(db.session, one.nomination)) else abort(404)


def _show(one: Complaint, form: AnswerForm, status: int = 200) -> Response:
    person, decided = signed_in(), decided_by(db.session, one.nomination)
    return show(
        "complaints/complaint.html",
        status=status,
        one=one,
        form=form,
        name=seat_of(one.nomination.vacancy),
        objective=one.nomination.vacancy.objective,
        is_own=one.person_id == person.id,
        is_at_desk=may_use_desk(person),
        may_answer=may_answer(person, one, decided),
        has_handler=is_entrusted(one) or bool(handlers(db.session, one, decided)),
    )


def _ask(
    objective: Objective, name: SeatName, form: ComplaintForm, *, can: bool, status: int = 200
) -> Response:
    return show("complaints/make.html", status=status, form=form, objective=objective, name=name, can=can)


from permille.complaints import naming_routes  # noqa: E402, F401 (it registers on the blueprint above)
