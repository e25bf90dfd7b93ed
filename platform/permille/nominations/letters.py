"""What is told about a nomination, on people's pages and by mail."""

from typing import Any

from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.nominations.models import Nomination
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.vacancies.seats import SeatName, seat_facts

AT_DESK = ("nomination_proposed", "nomination_accepted", "nomination_declined", "nomination_stood_down")


def tell_about(
    session: Session, person: Person, kind: str, one: Nomination, objective: Objective, **facts: Any
) -> None:
    """Tell somebody what became of a nomination: the panel at its page of the desk, the candidate at theirs."""
    name = SeatName(objective.code, one.vacancy.region)
    page, values = _page_of(kind, one, name)
    told = {**seat_facts(name, objective, person.language), "ends_on": one.ends_on}
    tell(session, person, kind, page, values, **told, **facts)


def _page_of(kind: str, one: Nomination, name: SeatName) -> tuple[str, dict[str, Any]]:
    if kind == "office_begun":
        return "mandates.mandate", {"mandate_id": one.mandate_id}
    if kind in AT_DESK:
        return "nominations.of_seat", {**name.address}
    return "nominations.nomination", {"nomination_id": one.id}


declare(
    "nomination_begun",
    _l("The decision about an office you applied for is being taken: Task Force %(code)s."),
    "code",
)
declare("office_begun", _l("You hold an office in Task Force %(code)s. Thank you for taking it."), "code")
declare(
    "nomination_proposed", _l("A nomination for Task Force %(code)s waits for your confirmation."), "code"
)
declare(
    "nomination_offered", _l("You are nominated for an office in Task Force %(code)s. Do you accept?"), "code"
)
declare("nomination_withdrawn", _l("Your nomination in Task Force %(code)s was taken back."), "code")
declare(
    "nomination_accepted",
    _l("A nomination for Task Force %(code)s was accepted: the seat is filled."),
    "code",
)
declare("nomination_declined", _l("A nomination for Task Force %(code)s was declined."), "code")
declare("nomination_stood_down", _l("The person nominated for Task Force %(code)s has stood down."), "code")
