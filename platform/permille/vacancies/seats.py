"""Seats as addresses name them: a task force, and `leader` or the slug of a region."""

from dataclasses import dataclass
from typing import Any

from permille.objectives.models import Objective
from permille.regions.models import all_regions
from permille.taskforces.models import Office
from permille.vacancies.models import Vacancy


@dataclass(frozen=True)
class SeatName:
    """Which seat of which task force; `region` is none for the leader's."""

    code: str
    region: str | None

    @property
    def office(self) -> Office:
        """The office whose seat it is."""
        return Office.REPRESENTATIVE if self.region else Office.LEADER

    @property
    def slug(self) -> str:
        """How addresses name it within its task force."""
        return self.region or Office.LEADER.value

    @property
    def address(self) -> dict[str, str]:
        """What an address of it is made of."""
        return {"code": self.code.lower(), "seat": self.slug}

    @property
    def key(self) -> str:
        """How forms and lists name it: `a1/africa`."""
        return f"{self.code.lower()}/{self.slug}"


def seat_named(code: str, slug: str) -> SeatName | None:
    """Return the seat an address names, if there can be one."""
    if not (code.isascii() and code.isalnum()):
        return None
    if slug == Office.LEADER:
        return SeatName(code.upper(), None)
    return SeatName(code.upper(), slug) if slug in all_regions() else None


def seat_keyed(key: str) -> SeatName | None:
    """Return the seat a key names, if there can be one."""
    code, _slash, slug = key.partition("/")
    return seat_named(code, slug)


def seat_facts(name: SeatName, objective: Objective, lang: str) -> dict[str, Any]:
    """Return what a mail in a language says of a seat: code and label of the task force, office and region."""
    label = objective.label.text_in(lang)
    return {"code": name.code, "label": label, "office": name.office, "region": name.region}


def seat_of(vacancy: Vacancy) -> SeatName:
    """Return which seat a vacancy, loaded with its objective, is for."""
    return SeatName(vacancy.objective.code, vacancy.region)
