"""Who may do what with a nomination. Nobody decides about themselves, and nobody decides alone.

Whoever stands for the seat comes to none of its pages: `seat_to_run` holds them off before.
"""

from permille.consultations.models import PanelMember
from permille.nominations.models import Nomination, State
from permille.people.models import Person
from permille.vacancies.policy import may_run_vacancies


def may_decide(person: Person | None, seat: PanelMember | None, *, has_panel: bool) -> bool:
    """The panel, once they have said that they have no relation to a candidate; without a panel, the Secretariat."""
    if not may_run_vacancies(person):
        return False
    return seat is not None and seat.may_weigh if has_panel else True


def may_confirm(person: Person | None, nomination: Nomination) -> bool:
    """Another one than who proposed it, as long as it was not confirmed."""
    return (
        person is not None and nomination.state == State.PROPOSED and nomination.proposed_by_id != person.id
    )


def may_reply(person: Person | None, nomination: Nomination) -> bool:
    """The candidate, and nobody for them."""
    return (
        person is not None
        and person.suspended_at is None
        and nomination.application.person_id == person.id
        and nomination.confirmed_at is not None
    )
