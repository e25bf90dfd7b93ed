"""The two offices as the join form offers them: for one task force, one person and one region."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.places import region_of_person
from permille.regions.models import all_regions
from permille.taskforces.models import Office
from permille.taskforces.policy import RoleState, office_state
from permille.taskforces.queries import Seat, seats_of


@dataclass(frozen=True)
class OfferedOffice:
    """An office, what it is for this person, and the seat it is about, if that is known."""

    state: RoleState
    seat: Seat | None
    last_day: date | None = None
    """Until when its call takes applications, if it is open."""


Calls = Callable[[Session, int], dict[str | None, date]]
_calls: list[Calls] = []


def calls_come_from(known: Calls) -> None:
    """Let a package above say which calls of a task force are open: the last day by region, none for the leader's."""
    _calls[:] = [known]


def offices_for(
    session: Session, person: Person | None, objective: Objective, asked: str | None
) -> dict[str, OfferedOffice]:
    """Return both offices by name; `asked` is the region asked for, else it is the person's (2 statements)."""
    own = region_of_person(person) if person else None
    region = asked if asked in all_regions() else own and own.slug
    leader, *regional = seats_of(session, objective.id, list(all_regions()))
    seat = next((one for one in regional if one.region == region), None)
    open_until = _calls[0](session, objective.id) if _calls else {}
    return {
        Office.LEADER.value: _offer(person, leader, open_until),
        Office.REPRESENTATIVE.value: _offer(person, seat, open_until),
    }


def _offer(person: Person | None, seat: Seat | None, open_until: dict[str | None, date]) -> OfferedOffice:
    if seat is None:
        return OfferedOffice(office_state(person, None), None)
    last_day = open_until.get(seat.region)
    state = office_state(person, seat.person_id, is_acting=seat.is_acting, is_called=last_day is not None)
    return OfferedOffice(state, seat, last_day)
