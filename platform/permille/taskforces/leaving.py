"""An office that falls free because the account of its holder is deleted."""

from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.regions.models import all_regions
from permille.taskforces.models import Mandate


def vacate(session: Session, mandate: Mandate) -> None:
    """Part an office from its holder, whose name goes; one that was still held ends, and the Secretariat is told."""
    if mandate.ended_at is None:
        mandate.end()
        objective = session.get_one(Objective, mandate.objective_id)
        audit.record(
            session,
            None,
            "mandate.ended",
            mandate,
            objective=objective.code,
            office=mandate.office,
            region=mandate.region,
        )
        _tell_secretariat(session, mandate, objective)
    mandate.person_id = None


def _tell_secretariat(session: Session, mandate: Mandate, objective: Objective) -> None:
    query = select(Person).where(Person.at_desk(), Person.id != mandate.person_id)
    region = all_regions().get(mandate.region or "")
    for secretary in session.scalars(query.order_by(Person.id)):
        lang = secretary.language
        tell(
            session, secretary, "office_free", "taskforces.page", {"code": objective.slug},
            code=objective.code, label=objective.label.text_in(lang), region=region.name[lang] if region else None,
        )  # fmt: skip


declare(
    "office_free",
    _l("An office of Task Force %(code)s is free: its holder has deleted their account."),
    "code",
)
