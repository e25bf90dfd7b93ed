"""The two offices as the join form offers them: for one task force, one person and one region."""

from dataclasses import dataclass

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


def offices_for(
    session: Session, person: Person | None, objective: Objective, asked: str | None
) -> dict[str, OfferedOffice]:
    """Return both offices by name; `asked` is the region asked for, else it is the person's (1 statement)."""
    own = region_of_person(person) if person else None
    region = asked if asked in all_regions() else own and own.slug
    leader, *regional = seats_of(session, objective.id, list(all_regions()))
    seat = next((one for one in regional if one.region == region), None)
    return {Office.LEADER.value: _offer(person, leader), Office.REPRESENTATIVE.value: _offer(person, seat)}


def _offer(person: Person | None, seat: Seat | None) -> OfferedOffice:
    return OfferedOffice(office_state(person, seat.person_id if seat else None), seat)
