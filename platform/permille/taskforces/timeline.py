"""The targets of an objective as steps of a time line, with the present year among them."""

from dataclasses import dataclass

from permille.foundation.languages import _
from permille.objectives.models import Target


@dataclass(frozen=True)
class Step:
    """One point of the time line: a year, what it is, and the targets that belong to it."""

    year: int
    label: str
    state: str
    targets: list[Target]


def timeline(targets: list[Target], this_year: int) -> list[Step]:
    """Return baseline, today, 2030 and 2050 in order; `state` is `done`, `now` or empty."""
    labels = {"baseline": _("Baseline"), "2030": _("Target"), "2050": _("Target")}
    years = {"baseline": 2020, "2030": 2030, "2050": 2050}
    steps = []
    for phase, label in labels.items():
        found = [target for target in targets if target.phase == phase]
        if found:
            state = "done" if years[phase] <= this_year else ""
            steps.append(Step(years[phase], label, state, found))
    steps.append(Step(this_year, _("We are here"), "now", []))
    return sorted(steps, key=lambda step: step.year)
