"""The public pages of seats: the grid of all of them, and one page each."""

from typing import Any

from flask import Blueprint, Response, redirect

from permille.foundation.database import db
from permille.foundation.finding import found
from permille.foundation.hypermedia import show
from permille.foundation.languages import CHOICE
from permille.foundation.links import link
from permille.foundation.security import keep_private
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.presence import me, must_set_up_factor
from permille.regions.models import all_regions
from permille.taskforces.queries import Seat, reader_of, seats_of
from permille.taskforces.routes import objective_or_404
from permille.vacancies.models import Step
from permille.vacancies.panels import may_give_up
from permille.vacancies.policy import may_run_vacancies
from permille.vacancies.queries import grid, nobody_applied, vacancies_of, vacancy_and_last_filling
from permille.vacancies.seats import SeatName, seat_named

vacancies = Blueprint("vacancies", __name__, url_prefix=f"/<{CHOICE}:lang>")

SEAT = "/vacancies/<string(length=2):code>/<seat>/"


@vacancies.get("/vacancies/")
def index() -> Response:
    """Show who holds which seat, which are open, and how far each vacancy has come (3 statements)."""
    rows = grid(db.session, list(all_regions()))
    every = [place for _cover, places in rows for place in places]
    return show(
        "vacancies/index.html",
        rows=rows,
        held=sum(place.is_settled for place in every),
        calls=sum(place.vacancy is not None and place.vacancy.calls_everybody for place in every),
        all=len(every),
    )


@vacancies.get("/seats/")
def seats() -> Response:
    """Lead on to where the grid stands now."""
    return redirect(link("vacancies.index"), 301)  # type: ignore[return-value]


@vacancies.get(SEAT)
def seat(code: str, seat: str) -> Response:
    """Show a seat: who holds it, what it asks for, and the steps of its vacancy (4 statements for a visitor)."""
    objective, name = seat_or_404(code, seat)
    if me() is not None:
        keep_private()
    return show("vacancies/seat.html", **context_of(objective, name))


def context_of(objective: Objective, name: SeatName) -> dict[str, Any]:
    """Return what the pages of a seat show: seat, holder and vacancy (2 statements for a visitor)."""
    reader = None if must_set_up_factor() else me()
    runs = may_run_vacancies(reader)
    vacancy, filled_at = vacancy_and_last_filling(db.session, objective.id, name.region)
    return {
        "objective": objective,
        "name": name,
        "seat": _seat_of(objective, name, reader),
        "vacancy": vacancy,
        "filled_at": filled_at,
        "Step": Step,
        "is_unwanted": nobody_applied(db.session, vacancy),
        "may_run": runs,
        "may_give_up": bool(runs and reader and vacancy and may_give_up(db.session, vacancy, reader)),
        "records": vacancies_of(db.session, objective.id, name.region) if runs else [],
    }


def _seat_of(objective: Objective, name: SeatName, person: Person | None) -> Seat:
    reader = reader_of(db.session, objective.id, person)
    found_seats = seats_of(db.session, objective.id, list(all_regions()), reader)
    return next(one for one in found_seats if one.region == name.region)


def seat_or_404(code: str, seat: str) -> tuple[Objective, SeatName]:
    """Find the task force and the seat of an address."""
    return objective_or_404(code), found(seat_named(code, seat))


from permille.vacancies import (  # noqa: E402, F401 (they register on the blueprint above)
    application_routes,
    board_routes,
    call_routes,
    candidates_routes,
    check_routes,
    evidence_routes,
    on_behalf_routes,
    record_routes,
    status_routes,
    watch_routes,
)
