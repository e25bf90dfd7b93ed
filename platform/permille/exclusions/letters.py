"""What the member, whoever decided and the Secretariat are told of an exclusion."""

from typing import Any

from permille.exclusions.models import Exclusion
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.models import Person


def tell_member(session: Session, one: Exclusion, kind: str, **facts: Any) -> None:
    """Tell the member, unless their account is suspended; the mail names no address."""
    tell_of(session, one.membership.person, one, kind, **facts)


def tell_of(session: Session, person: Person | None, one: Exclusion, kind: str, **facts: Any) -> None:
    """Tell somebody of an exclusion; its page says more."""
    if person is None or person.suspended_at is not None:
        return
    objective = one.membership.objective
    tell(
        session, person, kind, "exclusions.exclusion", {"exclusion_id": one.id},
        code=objective.code, label=objective.label.text_in(person.language), **facts,
    )  # fmt: skip


declare("leaving_asked", _l("You are asked to leave Task Force %(code)s."), "code")
declare("suspended_there", _l("You are suspended from Task Force %(code)s for a while."), "code")
declare(
    "exclusion_taken_back", _l("What was decided about you in Task Force %(code)s is taken back."), "code"
)
declare("membership_ended", _l("You are no longer a Team Member of Task Force %(code)s."), "code")
declare("suspension_over", _l("Your suspension from Task Force %(code)s is over."), "code")
declare("appeal_made", _l("There is an appeal: Task Force %(code)s."), "code")
declare("appeal_answered", _l("Your appeal was answered: Task Force %(code)s."), "code")
declare("decision_reviewed", _l("An appeal against your decision was answered: Task Force %(code)s."), "code")
