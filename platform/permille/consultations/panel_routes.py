"""The panel: named, its members declaring what they are to the candidates, and the answers only they read."""

from typing import Any

from flask import Response, abort, flash

from permille.consultations.forms import DeclarationForm, PanelForm
from permille.consultations.models import Answer, Consultation, Opinion, Support
from permille.consultations.policy import may_change_list, may_declare, may_prepare, may_read_answers
from permille.consultations.preparing import declare_relation, seat_panel
from permille.consultations.queries import answers_of, panel_of, seat_on_panel
from permille.consultations.routes import (
    DESK,
    back_to_consultation,
    consultation_to_run,
    consultations,
    panel_choices,
)
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.objectives.models import Objective
from permille.people.presence import signed_in
from permille.vacancies.application_queries import standing_for
from permille.vacancies.record import hold_vacancy
from permille.vacancies.seats import SeatName


@consultations.get(f"{DESK}panel/")
def panel(code: str, seat: str) -> Response:
    """Show who is on the panel, to be changed."""
    objective, name, one = consultation_to_run(code, seat)
    known = [str(row.person_id) for row in panel_of(db.session, one.vacancy_id) if not row.is_related]
    return _ask_panel(objective, name, one, PanelForm(formdata=None, panel=known))


@consultations.post(f"{DESK}panel/")
def change_panel(code: str, seat: str) -> Response:
    """Let others be the panel."""
    person = signed_in()
    objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person))
    form = PanelForm()
    form.panel.choices = _free(one)
    if not form.is_in_order():
        return _ask_panel(objective, name, one, form, status=422)
    hold_vacancy(db.session, one.vacancy_id)
    if not may_change_list(one):
        abort(409)
    seat_panel(db.session, person, one.vacancy, name, form.seated)
    db.session.commit()
    flash(_("The panel is changed."))
    return back_to_consultation(name)


@consultations.get(f"{DESK}declare/")
def declare(code: str, seat: str) -> Response:
    """Ask somebody on the panel whether they have a relation to a candidate."""
    objective, name, one = consultation_to_run(code, seat)
    person = signed_in()
    require(may_declare(person, seat_on_panel(db.session, one.vacancy_id, person.id)))
    return _ask_relation(objective, name, one, DeclarationForm(formdata=None))


@consultations.post(f"{DESK}declare/")
def declare_now(code: str, seat: str) -> Response:
    """Record it; who has a relation leaves the panel."""
    objective, name, one = consultation_to_run(code, seat)
    person = signed_in()
    row = seat_on_panel(db.session, one.vacancy_id, person.id)
    require(may_declare(person, row))
    form = DeclarationForm()
    if not form.is_in_order():
        return _ask_relation(objective, name, one, form, status=422)
    is_related = form.relation.data == "yes"
    if row is not None:
        declare_relation(db.session, one.vacancy, row, person, name, is_related=is_related)
    db.session.commit()
    if is_related:
        flash(_("Thank you for saying so. You are no longer on this panel."))
        return go_to(link("vacancies.seat", **name.address))
    return go_to(link("consultations.answers", **name.address))


@consultations.get(f"{DESK}answers/")
def answers(code: str, seat: str) -> Response:
    """Show what was answered, to the panel only (9 statements)."""
    objective, name, one = consultation_to_run(code, seat)
    person = signed_in()
    row = seat_on_panel(db.session, one.vacancy_id, person.id)
    if may_declare(person, row):
        return go_to(link("consultations.declare", **name.address))
    require(may_read_answers(person, row))
    rows, candidates = answers_of(db.session, one.id), standing_for(db.session, one.vacancy_id)
    places = {application.id: place for place, application in enumerate(candidates)}
    context: dict[str, Any] = {
        "candidates": candidates,
        "names": {application.id: application.person for application in candidates},
        "rows": [(row, _in_order(row, places)) for row in rows],
        "tally": tally(rows),
    }
    return show(
        "consultations/answers.html", objective=objective, name=name, one=one, vacancy=one.vacancy, **context
    )


def _in_order(row: Answer, places: dict[int, int]) -> list[Opinion]:
    """Return what an answer says of the candidates who still stand, in the order of the candidates."""
    said = [one for one in row.opinions if one.application_id in places]
    return sorted(said, key=lambda one: places[one.application_id])


def tally(rows: list[Answer]) -> dict[int, dict[str, int]]:
    """Count by candidate and support, those without a relation to the candidate only."""
    counted: dict[int, dict[str, int]] = {}
    for row in rows:
        for one in row.opinions:
            mine = counted.setdefault(one.application_id, dict.fromkeys(Support, 0))
            mine[one.support] += one.relation == "none"
    return counted


def _free(one: Consultation) -> list[tuple[str, str]]:
    related = {str(row.person_id) for row in panel_of(db.session, one.vacancy_id) if row.is_related}
    return [choice for choice in panel_choices(one.vacancy) if choice[0] not in related]


def _ask_panel(
    objective: Objective, name: SeatName, one: Consultation, form: PanelForm, status: int = 200
) -> Response:
    form.panel.choices = _free(one)
    return show(
        "consultations/panel.html",
        status=status,
        form=form,
        objective=objective,
        name=name,
        vacancy=one.vacancy,
    )


def _ask_relation(
    objective: Objective, name: SeatName, one: Consultation, form: DeclarationForm, status: int = 200
) -> Response:
    candidates = standing_for(db.session, one.vacancy_id)
    return show(
        "consultations/declare.html", status=status, form=form, objective=objective, name=name, vacancy=one.vacancy,
        candidates=candidates,
    )  # fmt: skip
