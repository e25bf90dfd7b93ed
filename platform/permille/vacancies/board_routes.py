"""The board of the Secretariat: every seat with its vacancy, to be worked on one by one or in bulk."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request

from permille.foundation.database import db
from permille.foundation.hypermedia import show
from permille.foundation.permissions import require
from permille.people.presence import signed_in
from permille.regions.models import all_regions
from permille.vacancies.application_queries import Counted, counts
from permille.vacancies.models import Step, Vacancy
from permille.vacancies.policy import may_run_vacancies
from permille.vacancies.queries import Place, grid
from permille.vacancies.routes import vacancies
from permille.vacancies.words import STEPS

OPEN, ACTING, HELD = "open", "acting", "held"
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
    """List seats by how far they have come, with their candidates (4 statements)."""
    require(may_run_vacancies(signed_in()))
    places = [place for _cover, row in grid(db.session, list(all_regions())) for place in row]
    states = {place.name: _state(place) for place in places}
    which, region, goal = (request.args.get(name, "") for name in ("which", "region", "goal"))
    counted = counts(db.session)
    rows = [
        (place.name, place.seat, *_of_vacancy(place.vacancy, counted))
        for place in places
        if which in ("", states[place.name]) and _fits(place, region, goal)
    ]
    context: dict[str, Any] = {
        "which": which,
        "region": region,
        "goal": goal,
        "goals": [(code, code) for code in sorted({place.name.code[0] for place in places})],
        "choices": [(step, STEPS[step]) for step in RUNNING],
        "counts": Counter(states.values()),
    }
    return show("vacancies/board.html", rows=rows, **context)


def _of_vacancy(one: Vacancy | None, counted: dict[int, Counted]) -> tuple[Running | None, Counted]:
    if one is None:
        return None, NOBODY
    running = Running(one.step, one.is_renewal, one.last_day, one.decision_day, one.created_at.date())
    return running, counted.get(one.id, NOBODY)


def _state(place: Place) -> str:
    if place.vacancy is not None:
        return place.vacancy.step
    if place.seat.is_open:
        return OPEN
    return ACTING if place.seat.is_acting else HELD


def _fits(place: Place, region: str, goal: str) -> bool:
    return region in ("", place.name.slug) and goal in ("", place.name.code[0])
