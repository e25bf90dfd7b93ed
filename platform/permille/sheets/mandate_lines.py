"""What the rows of a list of holders would do."""

from typing import Any

from permille.foundation.days import today
from permille.foundation.languages import _
from permille.sheets.lines import Line, Newcomer, check_account, find_person, find_seat, may_stand, only_once
from permille.sheets.world import World
from permille.taskforces.models import Mandate
from permille.vacancies.seats import SeatName


def plan_mandate(line: Line, world: World, newcomers: dict[str, Newcomer], seen: dict[Any, int]) -> None:
    """Say what a row would do; `newcomers` and `seen` are what the rows before it have named."""
    find_seat(line, world)
    find_person(line, world, newcomers)
    _check_days(line)
    seat, objective = line.seat, line.objective
    if seat is None or objective is None or not line.email:
        return
    if only_once(line, seen, seat, "objective"):
        only_once(line, seen, (seat.code, line.email), "email")
    _check_holders(line, world, seat)
    if line.problems or line.is_there:
        return
    if not may_stand(line):
        line.warns(
            "organisation", _("no partner or member organisation: the office is listed as to be looked at")
        )
    if (seat.code, seat.region) in world.vacancies:
        line.warns("objective", _("a vacancy runs for this seat"))


def _check_days(line: Line) -> None:
    begins, ends = line.said["begins_on"], line.said["ends_on"]
    if begins and begins > today():
        line.fails("begins_on", _("this day is still to come"))
    if begins and ends and ends < begins:
        line.fails("ends_on", _("before the term begins"))
    elif ends and ends < today():
        line.warns("ends_on", _("the term is over: the office is held until it is renewed or ended"))


def _check_holders(line: Line, world: World, seat: SeatName) -> None:
    holder = world.mandates.get((seat.code, seat.region))
    if holder is not None and line.known is not None and holder.person_id == line.known.id:
        _compare(line, holder)
        return
    check_account(line, world)
    if holder is not None:
        name = (holder.person.name or holder.person.email) if holder.person else "–"
        line.fails("objective", _("the seat is held already, by %(name)s", name=name))
    if line.objective is not None and world.holds(line.objective, line.known) is not None:
        line.fails("email", _("this person has another office in this task force"))


def _compare(line: Line, mandate: Mandate) -> None:
    said = line.said
    is_same = (said["begins_on"], said["ends_on"], bool(said["acting"])) == (
        mandate.begins_on, mandate.ends_on, mandate.is_acting
    )  # fmt: skip
    line.is_there, line.warnings = True, []
    if not is_same:
        line.fails(
            "begins_on", _("this person holds the office already, with other days; nothing is changed")
        )
