"""Asking holders who belong to another organisation now whether they go on. The worker asks for it."""

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.mandates.queries import mandate_by_id, moved_holders
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.seats import SeatName, seat_facts


def ask_moved_holders(session: Session) -> None:
    """Ask each of them once, and commit."""
    for found in moved_holders(session):
        mandate = mandate_by_id(session, found.id, to_change=True)
        if mandate is None or mandate.asked_at is not None or mandate.person is None:
            continue
        mandate.asked_at = now()
        name = SeatName(mandate.objective.code, mandate.region)
        facts = seat_facts(name, mandate.objective, mandate.person.language)
        tell(session, mandate.person, "holder_moved", "mandates.mandate", {"mandate_id": mandate.id}, **facts)
    session.commit()


def go_on(session: Session, person: Person, mandate: Mandate) -> None:
    """Note that the holder goes on with the organisation they belong to now. The caller commits."""
    session.refresh(mandate, with_for_update={"of": Mandate})
    own = person.affiliation
    is_confirmed = own is not None and own.confirmed_at is not None
    mandate.organisation_id = own.organisation_id if own is not None and is_confirmed else None
    mandate.asked_at = None
    audit.record(
        session, person, "mandate.kept", mandate, objective=mandate.objective.code, region=mandate.region
    )


declare("holder_moved", _l("You belong to another organisation now. Do you keep your office in Task Force %(code)s?"), "code")  # fmt: skip
