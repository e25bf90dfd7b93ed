"""The board of the Secretariat: every seat with its vacancy, to be worked on one by one or in bulk."""

from typing import Any

from flask import Response, request

from permille.foundation.database import db
from permille.foundation.hypermedia import show
from permille.foundation.permissions import require
from permille.people.presence import signed_in
from permille.regions.models import all_regions
from permille.vacancies.application_queries import Counted, counts
from permille.vacancies.models import Step
from permille.vacancies.policy import may_run_vacancies
from permille.vacancies.queries import Place, grid
from permille.vacancies.routes import vacancies
from permille.vacancies.words import STEPS

OPEN, ACTING, HELD = "open", "acting", "held"
RUNNING = (Step.CALL, Step.CLOSED, Step.CONSULTATION, Step.NOMINATION)


@vacancies.get("/vacancies/board/")
def board() -> Response:
    """List seats by how far they have come, with their candidates (4 statements)."""
    require(may_run_vacancies(signed_in()))
    places = [place for _cover, row in grid(db.session, list(all_regions())) for place in row]
    which, region, goal = (request.args.get(name, "") for name in ("which", "region", "goal"))
    shown = [place for place in places if _fits(place, which, region, goal)]
    context: dict[str, Any] = {
        "counted": counts(db.session),
        "nobody": Counted(0, 0),
        "which": which,
        "region": region,
        "goal": goal,
        "goals": [(code, code) for code in sorted({place.name.code[0] for place in places})],
        "choices": [(step, STEPS[step]) for step in RUNNING],
        "counts": {
            name: sum(_state(place) == name for place in places) for name in (OPEN, ACTING, HELD, *RUNNING)
        },
    }
    return show("vacancies/board.html", places=shown, state=_state, **context)


def _state(place: Place) -> str:
    if place.vacancy is not None:
        return place.vacancy.step
    if place.seat.is_open:
        return OPEN
    return ACTING if place.seat.is_acting else HELD


def _fits(place: Place, which: str, region: str, goal: str) -> bool:
    in_region = not region or place.name.slug == region
    return in_region and goal in ("", place.name.code[0]) and which in ("", _state(place))
