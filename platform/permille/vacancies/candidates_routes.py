"""The candidates for a seat side by side, for the Secretariat; and entering an application that came otherwise."""

from typing import Any

from flask import Response, abort, flash

from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.presence import signed_in
from permille.people.queries import person_with
from permille.taskforces.chips import chips_of
from permille.vacancies import applying
from permille.vacancies.application_forms import EnteringForm
from permille.vacancies.application_queries import also_stands_for, candidates_of
from permille.vacancies.entering import enter
from permille.vacancies.interests import has_interest
from permille.vacancies.models import Source, Vacancy
from permille.vacancies.policy import may_run
from permille.vacancies.queries import vacancy_of
from permille.vacancies.routes import SEAT, vacancies
from permille.vacancies.running import seat_to_run
from permille.vacancies.seats import SeatName


@vacancies.get(f"{SEAT}candidates/")
def candidates(code: str, seat: str) -> Response:
    """Show the candidates side by side, with the offices they hold and the seats they stand for (7 statements)."""
    objective, name, vacancy = seat_to_run(code, seat)
    rows = candidates_of(db.session, vacancy.id)
    ids = [one.person_id for one in rows if one.person_id]
    others = also_stands_for(db.session, vacancy.id, ids)
    return show(
        "vacancies/candidates.html", objective=objective, name=name, vacancy=vacancy, rows=rows,
        offices=chips_of(db.session, ids, everyone=True),
        others={key: [SeatName(code, region) for code, region in seats] for key, seats in others.items()},
    )  # fmt: skip


@vacancies.get(f"{SEAT}enter/")
def enter_application(code: str, seat: str) -> Response:
    """Show the form on which the Secretariat types what came by phone or on paper."""
    objective, name, vacancy = seat_to_run(code, seat)
    return _ask(objective, name, vacancy, EnteringForm(formdata=None, for_region=name.region is not None))


@vacancies.post(f"{SEAT}enter/")
def enter_application_now(code: str, seat: str) -> Response:
    """Enter it for the person, who is told; the typist is on record."""
    typist = signed_in()
    objective, name, vacancy = seat_to_run(code, seat)
    require(may_run(typist, has_interest=has_interest(db.session, vacancy.id, typist.id)))
    form = EnteringForm(for_region=name.region is not None)
    if not form.is_in_order():
        return _ask(objective, name, vacancy, form, status=422)
    person = person_with(db.session, form.email.data)
    problem = _problem(person, typist)
    if problem or person is None:
        form.email.errors = [problem]
        return _ask(objective, name, vacancy, form, status=422)
    try:
        one = enter(
            db.session,
            typist,
            person,
            vacancy,
            objective,
            Source(form.source.data),
            form.written_in.data,
            form.data,
        )
    except applying.CannotApply as reason:
        db.session.rollback()
        if str(reason) == applying.NOT_OPEN:
            abort(409)
        form.email.errors = [_words(str(reason))]
        return _ask(
            objective, name, vacancy_of(db.session, objective.id, name.region) or abort(409), form, status=422
        )
    db.session.commit()
    flash(_("Entered. The candidate is told by mail."))
    return go_to(link("vacancies.application", application_id=one.id))


def _words(reason: str) -> str:
    return {
        applying.NOT_ELIGIBLE: _(
            "This person does not belong to a partner or member organisation, or this is not confirmed."
        ),
        applying.SENT: _("This person has applied already."),
        applying.BEGUN: _("This person has begun an application, or has stood down. Only they can send it."),
    }[reason]


def _problem(person: Person | None, typist: Person) -> str:
    if person is None or not person.is_confirmed:
        return _("Nobody has an account with this address. Invite the person first.")
    return _("Use the form to apply: this is you.") if person.id == typist.id else ""


def _ask(
    objective: Objective, name: SeatName, vacancy: Vacancy, form: EnteringForm, status: int = 200
) -> Response:
    context: dict[str, Any] = {"objective": objective, "name": name, "vacancy": vacancy, "form": form}
    return show("vacancies/enter.html", status=status, **context)
