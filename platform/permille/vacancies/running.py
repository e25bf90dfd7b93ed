"""Finding the vacancy whoever is looking runs, for the pages of the Secretariat about it."""

from flask import abort

from permille.foundation.database import db
from permille.foundation.permissions import require
from permille.objectives.models import Objective
from permille.people.presence import signed_in
from permille.vacancies.interests import has_interest
from permille.vacancies.models import Vacancy
from permille.vacancies.policy import may_run
from permille.vacancies.queries import vacancy_of
from permille.vacancies.routes import seat_or_404
from permille.vacancies.seats import SeatName


def seat_to_run(code: str, seat: str) -> tuple[Objective, SeatName, Vacancy]:
    """Return task force, seat and vacancy of an address; 403 for everybody but the Secretariat, 404 without a vacancy.

    Whoever of the Secretariat has an interest in it is out of it.
    """
    person = signed_in()
    require(may_run(person, has_interest=False))
    objective, name = seat_or_404(code, seat)
    vacancy = vacancy_of(db.session, objective.id, name.region) or abort(404)
    require(may_run(person, has_interest=has_interest(db.session, vacancy.id, person.id)))
    return objective, name, vacancy
