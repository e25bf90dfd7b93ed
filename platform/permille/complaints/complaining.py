"""Making a complaint against a nomination, and answering it."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from permille.complaints.models import Complaint, Finding
from permille.complaints.policy import may_answer, may_complain
from permille.complaints.queries import at_desk, decided_by, handlers
from permille.foundation import audit
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.nominations.models import Nomination
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.vacancies.record import hold_vacancy, note
from permille.vacancies.seats import SeatName, seat_facts


class CannotComplain(ValueError):
    """There is a complaint of this person already, the time for it is over, or it was answered meanwhile."""


def complain(
    session: Session, person: Person, nomination: Nomination, objective: Objective, lang: str, words: str
) -> Complaint:
    """Make a complaint; those of the Secretariat who had no part in the decision are told. The caller commits.

    Where everybody had a part, all of them are asked to name somebody. The record of the vacancy is told that
    there is one; not its words, and not whose. Raises `CannotComplain`.
    """
    vacancy = hold_vacancy(session, nomination.vacancy_id)
    if vacancy is None or not may_complain(person, nomination):
        raise CannotComplain
    one = Complaint(nomination_id=nomination.id, person_id=person.id, words=words, language=lang)
    try:
        with session.begin_nested():
            session.add(one)
    except IntegrityError:  # sent from two tabs: the index lets one in
        raise CannotComplain from None
    note(session, vacancy, None, "complaint.received")
    # Nowhere whose it is: those who decided read the log, too.
    audit.record(session, None, "complaint.received", one, objective=objective.code, region=vacancy.region)
    decided = decided_by(session, nomination)
    for handler in handlers(session, one, decided):
        tell_about(session, handler, "complaint_received", one, objective, vacancy.region)
    if at_desk(session) <= decided:
        # Who complains, too, if they are of the Secretariat: whoever was not told would be the one.
        for other in session.scalars(select(Person).where(Person.at_desk()).order_by(Person.id)):
            facts = seat_facts(SeatName(objective.code, vacancy.region), objective, other.language)
            tell(session, other, "complaint_waiting", "complaints.index", **facts)
    return one


def settle(
    session: Session, by: Person, one: Complaint, objective: Objective, finding: Finding, answer: str
) -> None:
    """Answer a complaint; who made it is told. The caller commits. Raises `CannotComplain`."""
    vacancy = hold_vacancy(session, one.nomination.vacancy_id)
    session.refresh(one, with_for_update={"of": Complaint})
    if vacancy is None or not may_answer(by, one, decided_by(session, one.nomination)):
        raise CannotComplain
    one.settle(by, finding, answer)
    note(session, vacancy, by, "complaint.answered", finding=finding.value)
    audit.record(session, by, "complaint.answered", one, objective=objective.code, region=vacancy.region)
    if one.person is not None and one.person.suspended_at is None:
        tell_about(session, one.person, "complaint_answered", one, objective, vacancy.region)


def tell_about(
    session: Session, person: Person, kind: str, one: Complaint, objective: Objective, region: str | None
) -> None:
    """Tell somebody about a complaint they may read. The caller commits."""
    facts = seat_facts(SeatName(objective.code, region), objective, person.language)
    tell(session, person, kind, "complaints.complaint", {"complaint_id": one.id}, **facts)


declare("complaint_received", _l("There is a complaint about a nomination: Task Force %(code)s."), "code")
declare(
    "complaint_answered", _l("Your complaint about a nomination was answered: Task Force %(code)s."), "code"
)
declare(
    "complaint_waiting",
    _l("A complaint about a nomination waits for somebody outside to read it: Task Force %(code)s."),
    "code",
)
