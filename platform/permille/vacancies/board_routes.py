"""The board of the Secretariat: every seat with its vacancy, to be worked on one by one or in bulk."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request

from permille.foundation.database import db
from permille.foundation.days import today
from permille.foundation.hypermedia import show
from permille.foundation.permissions import require
from permille.people.presence import signed_in
from permille.regions.models import all_regions
from permille.vacancies.application_queries import Counted, counts
from permille.vacancies.models import Step, Vacancy
from permille.vacancies.policy import may_run_vacancies
from permille.vacancies.progress import Detail, details
from permille.vacancies.queries import Place, grid
from permille.vacancies.routes import vacancies
from permille.vacancies.words import STEPS

OPEN, ACTING, HELD, UNWANTED, LATE = "open", "acting", "held", "nobody", "late"
RUNNING = (Step.CALL, Step.CLOSED, Step.CONSULTATION, Step.NOMINATION)
NOBODY = Counted(0, 0)


@dataclass(frozen=True)
class Running:
    """What a row shows of the vacancy that runs for its seat."""

    step: Step
    is_renewal: bool
    last_day: date
    decision_day: date | None
    since: date
    days: int
    """For how many days it has been at this step."""
    is_late: bool
    details: tuple[Detail, ...]

    @property
    def is_open(self) -> bool:
        """Whether people can apply now."""
        return self.step == Step.CALL

    @property
    def calls_everybody(self) -> bool:
        """Whether everybody who may stand can apply now."""
        return self.is_open and not self.is_renewal


@vacancies.get("/vacancies/board/")
def board() -> Response:
    """List seats by how far they have come, with their candidates (6 statements)."""
    require(may_run_vacancies(signed_in()))
    places = [place for _cover, row in grid(db.session, list(all_regions())) for place in row]
    which, region, goal = (request.args.get(name, "") for name in ("which", "region", "goal"))
    counted, told = counts(db.session), details(db.session)
    states = {place.name: _states(place, counted) for place in places}
    rows = [
        (place.name, place.seat, *_of_vacancy(place.vacancy, counted, told))
        for place in places
        if (not which or which in states[place.name]) and _fits(place, region, goal)
    ]
    context: dict[str, Any] = {
        "which": which,
        "region": region,
        "goal": goal,
        "goals": [(code, code) for code in sorted({place.name.code[0] for place in places})],
        "choices": [(step, STEPS[step]) for step in RUNNING],
        "counts": Counter(state for found in states.values() for state in found),
    }
    return show("vacancies/board.html", rows=rows, **context)


def _of_vacancy(
    one: Vacancy | None, counted: dict[int, Counted], told: dict[int, tuple[Detail, ...]]
) -> tuple[Running | None, Counted]:
    if one is None:
        return None, NOBODY
    since = one.at_step_since.date()
    running = Running(
        one.step, one.is_renewal, one.last_day, one.decision_day, since, (today() - since).days, one.is_late,
        told.get(one.id, ()),
    )  # fmt: skip
    return running, counted.get(one.id, NOBODY)


def _states(place: Place, counted: dict[int, Counted]) -> set[str]:
    """Return under which headings a seat is found: what its vacancy is at, and how it is held meanwhile."""
    found: set[str] = {ACTING} if place.seat.is_acting else set()
    one = place.vacancy
    if one is not None:
        is_unwanted = one.step == Step.CLOSED and one.id not in counted
        return found | {UNWANTED if is_unwanted else one.step.value} | ({LATE} if one.is_late else set())
    return found or {OPEN if place.seat.is_open else HELD}


def _fits(place: Place, region: str, goal: str) -> bool:
    return region in ("", place.name.slug) and goal in ("", place.name.code[0])
