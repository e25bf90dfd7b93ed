"""The page of a consultation for the Secretariat: preparing it, and who is asked. Each capability has its own file."""

from typing import Any

from flask import Blueprint, Response, abort, flash
from sqlalchemy import select

from permille.consultations.bodies import are_kept
from permille.consultations.forms import (
    AddressesForm,
    MendedForm,
    PreparationForm,
    QuestionForm,
    usual_question,
)
from permille.consultations.models import Consultation
from permille.consultations.policy import may_change_list, may_prepare, may_read_answers
from permille.consultations.preparing import CannotConsult, change, may_sit, prepare
from permille.consultations.queries import asked, consultation_of, panel_of, seat_on_panel
from permille.consultations.words import REASONS
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import CHOICE, _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.presence import signed_in
from permille.taskforces.chips import chips_of
from permille.vacancies.application_queries import standing_for
from permille.vacancies.models import Vacancy
from permille.vacancies.routes import SEAT
from permille.vacancies.running import seat_to_run
from permille.vacancies.seats import SeatName

consultations = Blueprint("consultations", __name__, url_prefix=f"/<{CHOICE}:lang>")

DESK = f"{SEAT}consultation/"


@consultations.get(DESK)
def consultation(code: str, seat: str) -> Response:
    """Show the form that prepares it; once prepared, its panel and everybody who is asked (9 statements)."""
    objective, name, vacancy = seat_to_run(code, seat)
    one = consultation_of(db.session, vacancy.id)
    if one is None:
        form = PreparationForm(formdata=None, data={**usual_question(), "panel": [str(signed_in().id)]})
        return ask_to_prepare(objective, name, vacancy, form)
    return show_consultation(objective, name, one)


@consultations.post(DESK)
def prepare_consultation(code: str, seat: str) -> Response:
    """Prepare it; nobody is asked yet."""
    person = signed_in()
    objective, name, vacancy = seat_to_run(code, seat)
    require(may_prepare(person))
    form = PreparationForm()
    form.panel.choices = panel_choices(vacancy)
    if not form.is_in_order():
        return ask_to_prepare(objective, name, vacancy, form, status=422)
    try:
        prepare(db.session, person, vacancy, name, form.question, form.last_day.data, form.seated)
    except CannotConsult as reason:
        return refused(reason, link("vacancies.candidates", **name.address))
    db.session.commit()
    flash(_("Prepared. Now say who is to be asked. Nothing has been sent yet."))
    return back_to_consultation(name)


@consultations.get(f"{DESK}change/")
def ask_to_change(code: str, seat: str) -> Response:
    """Show the question and the last day, to be changed."""
    objective, name, one = consultation_to_run(code, seat)
    known = {f"question_{lang}": one.question[lang].text for lang in one.question}
    return _ask_to_change(
        objective, name, one, QuestionForm(formdata=None, data={**known, "last_day": one.last_day})
    )


@consultations.post(f"{DESK}change/")
def change_consultation(code: str, seat: str) -> Response:
    """Change the question as long as nobody was asked, and the last day to a later one."""
    person = signed_in()
    objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person))
    form = QuestionForm()
    if not form.is_in_order():
        return _ask_to_change(objective, name, one, form, status=422)
    try:
        change(db.session, person, one, name, form.question, form.last_day.data)
    except CannotConsult as reason:
        db.session.rollback()
        form.last_day.errors = [str(REASONS[str(reason)])]
        return _ask_to_change(objective, name, one, form, status=422)
    db.session.commit()
    flash(_("Changed."))
    return back_to_consultation(name)


def consultation_to_run(code: str, seat: str) -> tuple[Objective, SeatName, Consultation]:
    """Return the consultation of an address, for the Secretariat; 404 as long as none is prepared."""
    objective, name, vacancy = seat_to_run(code, seat)
    return objective, name, consultation_of(db.session, vacancy.id) or abort(404)


def back_to_consultation(name: SeatName) -> Response:
    """Go on to the page of the consultation."""
    return go_to(link("consultations.consultation", **name.address))


def refused(reason: CannotConsult, where: str) -> Response:
    """Say why something could not be done, and go on to a page."""
    db.session.rollback()
    flash(str(REASONS[str(reason)]), "bad")
    return go_to(where)


def show_consultation(
    objective: Objective, name: SeatName, one: Consultation, status: int = 200, **forms: Any
) -> Response:
    """Show the page of a prepared consultation, with its forms as they were sent, if they were."""
    person = signed_in()
    rows, panel = asked(db.session, one.id), panel_of(db.session, one.vacancy_id)
    seat = seat_on_panel(db.session, one.vacancy_id, person.id)
    context: dict[str, Any] = {
        "objective": objective,
        "name": name,
        "vacancy": one.vacancy,
        "one": one,
        "panel": panel,
        "offices": chips_of(db.session, [row.person_id for row in panel], everyone=True),
        "seat": seat,
        "rows": rows,
        "to_invite": sum(row.consultee.invited_at is None for row in rows),
        "answered": sum(row.consultee.answered_at is not None for row in rows),
        "waited_for": sum(row.consultee.is_waited_for for row in rows),
        "may_change": may_change_list(one),
        "has_bodies": are_kept(db.session),
        "may_read": may_read_answers(person, seat),
        "form": forms.get("form") or AddressesForm(formdata=None, language=language()),
        "mended": forms.get("mended") or MendedForm(formdata=None),
        "wrong": forms.get("wrong", 0),
        "lines": forms.get("lines", ()),
    }
    return show("consultations/consultation.html", status=status, **context)


def ask_to_prepare(
    objective: Objective, name: SeatName, vacancy: Vacancy, form: PreparationForm, status: int = 200
) -> Response:
    """Show the form that prepares a consultation."""
    form.panel.choices = panel_choices(vacancy)
    candidates = standing_for(db.session, vacancy.id)
    return show(
        "consultations/prepare.html",
        status=status,
        form=form,
        objective=objective,
        name=name,
        vacancy=vacancy,
        candidates=candidates,
    )


def panel_choices(vacancy: Vacancy) -> list[tuple[str, str]]:
    """List the people of the Secretariat who can be on a panel, as id and name (2 statements)."""
    ids = may_sit(db.session, vacancy)
    rows = db.session.execute(select(Person.id, Person.name, Person.email).where(Person.id.in_(ids)))
    names = {row[0]: row[1] or row[2] for row in rows}
    return [(str(one), names[one]) for one in ids]


def _ask_to_change(
    objective: Objective, name: SeatName, one: Consultation, form: QuestionForm, status: int = 200
) -> Response:
    return show(
        "consultations/change.html",
        status=status,
        form=form,
        objective=objective,
        name=name,
        one=one,
        vacancy=one.vacancy,
    )


from permille.consultations import (  # noqa: E402, F401 (they register on the blueprint above)
    answer_routes,
    body_routes,
    consultee_routes,
    invitation_routes,
    panel_routes,
    reminder_routes,
)
