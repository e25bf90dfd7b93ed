"""Ending a mandate, by its holder or by the Secretariat: the seat is open again, and who must know is told."""

from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.amending import stood_down
from permille.vacancies.models import Application, Outcome, Vacancy
from permille.vacancies.record import hold_vacancy, note
from permille.vacancies.seats import SeatName, seat_facts


class HasEnded(ValueError):
    """The mandate has ended meanwhile."""


def end(session: Session, by: Person, mandate: Mandate, reason: str) -> None:
    """End a mandate and a renewal of it that runs. The caller commits. Raises `HasEnded`."""
    _end_renewal(session, by, mandate)
    session.refresh(mandate, with_for_update={"of": Mandate})
    if mandate.ended_at is not None or _renewal_of(session, mandate) is not None:
        raise HasEnded  # or a renewal was opened at this very moment: whoever ends it looks again
    mandate.end(by, reason)
    objective, name = mandate.objective, SeatName(mandate.objective.code, mandate.region)
    audit.record(
        session,
        by,
        "mandate.ended",
        mandate,
        objective=name.code,
        office=name.office.value,
        region=name.region,
    )
    holder = mandate.person
    if holder is None:
        return
    is_own = holder.id == by.id
    told = (
        [holder]
        if not is_own
        else list(session.scalars(select(Person).where(Person.at_desk()).order_by(Person.id)))
    )
    kind = "office_left" if is_own else "office_ended"
    for person in told:
        facts = seat_facts(name, objective, person.language)
        tell(session, person, kind, "mandates.mandate", {"mandate_id": mandate.id}, reason=reason, **facts)


def _end_renewal(session: Session, by: Person, mandate: Mandate) -> None:
    vacancy_id = _renewal_of(session, mandate)
    vacancy = hold_vacancy(session, vacancy_id) if vacancy_id else None
    if vacancy is None or vacancy.ended_at is not None:
        return
    theirs = select(Application).where(
        Application.vacancy_id == vacancy.id,
        Application.sent_at.is_not(None),
        Application.stood_down_at.is_(None),
    )
    for one in session.scalars(theirs):
        stood_down(session, one)
    vacancy.end(Outcome.NOBODY)
    note(session, vacancy, by, "renewal.ended")
    session.flush()


def _renewal_of(session: Session, mandate: Mandate) -> int | None:
    running = select(Vacancy.id).where(Vacancy.renews_id == mandate.id, Vacancy.ended_at.is_(None))
    return session.scalar(running)


declare("office_ended", _l("Your office in Task Force %(code)s has ended."), "code")
declare("office_left", _l("An office of Task Force %(code)s is free: its holder has stepped down."), "code")
