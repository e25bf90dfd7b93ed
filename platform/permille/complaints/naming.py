"""Naming somebody outside the Secretariat to read a complaint, where everybody there had a part in the decision.

Whoever names has had a part themselves, and must not learn whose complaint it is. If one person were named, and
turned away because the complaint is theirs, trying names would tell; so would a list with somebody missing from
it. So several are named, nobody is turned away for having complained, and one of the others is drawn by lot:
not to be drawn says nothing. It also keeps those who decided from choosing their own judge.
"""

import secrets
from collections.abc import Collection, Iterable

from sqlalchemy import select

from permille.complaints.complaining import CannotComplain, tell_about
from permille.complaints.models import Complaint
from permille.complaints.policy import may_name
from permille.complaints.queries import at_desk, decided_by
from permille.foundation import audit
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.vacancies.record import hold_vacancy, note

FEWEST = 3
MOST = 20


def fit_to_read(
    session: Session, emails: Iterable[str], one: Complaint, decided: Collection[int]
) -> list[Person]:
    """Find who of these can be drawn (1 statement): a confirmed account, no part in it, not named for it before.

    Whose complaint it is plays no part here: whoever is asking would see it.
    """
    query = select(Person).where(
        Person.email.in_(list(emails)),
        Person.confirmed_at.is_not(None),
        Person.suspended_at.is_(None),
        Person.id.not_in([*decided, one.reader_id or 0]),
    )
    return list(session.scalars(query.order_by(Person.id)))


def name_reader(
    session: Session, by: Person, one: Complaint, objective: Objective, emails: list[str]
) -> None:
    """Draw one of those named, who alone reads and answers this complaint and is told. The caller commits.

    Raises `CannotComplain`: it was answered meanwhile, somebody else named a reader, or these are too few.
    """
    vacancy = hold_vacancy(session, one.nomination.vacancy_id)
    session.refresh(one, with_for_update={"of": Complaint})
    decided = decided_by(session, one.nomination)
    people = fit_to_read(session, emails, one, decided)
    if vacancy is None or len(people) < FEWEST or not may_name(by, one, decided, at_desk(session)):
        raise CannotComplain
    reader = secrets.choice([person for person in people if person.id != one.person_id])
    one.entrust(reader)
    # Who reads it is said, whose it is is not: those who decided read the record and the log.
    note(session, vacancy, by, "complaint.entrusted", reader)
    audit.record(session, by, "complaint.entrusted", one, objective=objective.code, region=vacancy.region)
    tell_about(session, reader, "complaint_entrusted", one, objective, vacancy.region)


declare(
    "complaint_entrusted",
    _l("You are asked to read a complaint about a nomination, and to answer it: Task Force %(code)s."),
    "code",
)
