"""What candidates are told, on their page and by mail."""

from typing import Any

from sqlalchemy import select

from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.seats import SeatName, seat_facts


def tell_candidates(
    session: Session,
    vacancy: Vacancy,
    objective: Objective,
    kind: str,
    *,
    only_sent: bool = False,
    **facts: str,
) -> None:
    """Tell everyone who has begun an application, or has sent it, what happened (1 statement and theirs)."""
    query = select(Application).where(
        Application.vacancy_id == vacancy.id, Application.stood_down_at.is_(None)
    )
    if only_sent:
        query = query.where(Application.sent_at.is_not(None))
    for one in session.scalars(query.order_by(Application.id)):
        person = session.get(Person, one.person_id) if one.person_id else None
        if person is not None and person.suspended_at is None:
            name = SeatName(objective.code, vacancy.region)
            tell(session, person, kind, "vacancies.apply" if one.sent_at is None else "vacancies.seat", name.address,
                 **facts, **_facts(objective, vacancy, person.language))  # fmt: skip


def tell_candidate(
    session: Session, person: Person, kind: str, application: Application, objective: Objective, **facts: str
) -> None:
    """Tell a candidate what became of their application; the mail gives its number and its page."""
    tell(
        session, person, kind, "vacancies.application", {"application_id": application.id},
        number=application.number, **facts, **_facts(objective, application.vacancy, person.language),
    )  # fmt: skip


def _facts(objective: Objective, vacancy: Vacancy, lang: str) -> dict[str, Any]:
    return {
        **seat_facts(SeatName(objective.code, vacancy.region), objective, lang),
        "last_day": vacancy.last_day,
        "decision_day": vacancy.decision_day,
    }


declare(
    "application_sent",
    _l("Your application %(number)s for Task Force %(code)s has arrived."),
    "number",
    "code",
)
declare("application_changed", _l("You changed your application %(number)s."), "number")
declare(
    "application_entered",
    _l("Your application %(number)s for Task Force %(code)s was entered for you."),
    "number",
    "code",
)
declare(
    "application_stood_down",
    _l("You stood down: application %(number)s for Task Force %(code)s."),
    "number",
    "code",
)
declare(
    "application_stood_down_for",
    _l("That you stand down was recorded: application %(number)s for Task Force %(code)s."),
    "number",
    "code",
)
declare("call_extended", _l("A call you take part in lasts longer: Task Force %(code)s."), "code")
declare(
    "vacancy_ended",
    _l("Nobody was nominated this time for an office you applied for: Task Force %(code)s."),
    "code",
)
declare("call_closed", _l("A call you take part in has been closed: Task Force %(code)s."), "code")
