"""Telling the officers of a task force that somebody has joined, so that they can be welcomed."""

from sqlalchemy import or_, select

from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate, Membership


def tell_officers(session: Session, membership: Membership, person: Person, objective: Objective) -> None:
    """Tell the leader, and the representative of the member's region, that somebody new is in (1 statement and theirs).

    The mail names the member; the notification does not, for it outlives an account that is deleted.
    """
    officers = (
        select(Person)
        .join(Mandate, Mandate.person_id == Person.id)
        .where(Mandate.objective_id == objective.id, Mandate.ended_at.is_(None))
        .where(or_(Mandate.region.is_(None), Mandate.region == membership.region))
        .where(Person.id != person.id, Person.suspended_at.is_(None), Person.confirmed_at.is_not(None))
    )
    for officer in session.scalars(officers.order_by(Person.id)):
        tell(
            session, officer, "member_joined", "taskforces.team", {"code": objective.slug},
            code=objective.code, label=objective.label.text_in(officer.language), member=person.name or person.email,
            contribution=membership.contribution,
        )  # fmt: skip


declare("member_joined", _l("Somebody new has joined Task Force %(code)s."), "code")
