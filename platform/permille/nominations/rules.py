"""The rules a nomination must keep, in one place: asked when somebody is proposed, confirmed, and accepts.

Source: decisions 12, 18 and 20. Eligible is whoever belongs, confirmed, to an organisation that is a partner or member.
"""

from sqlalchemy import func, select

from permille.consultations.models import Answer, Consultee
from permille.consultations.queries import consultation_of
from permille.foundation.database import Session
from permille.nominations.models import Rule
from permille.people.eligibility import holds_eligibility
from permille.people.models import Eligibility, Person
from permille.vacancies.models import Application, Vacancy

MISSING = {Eligibility.UNKNOWN: Rule.AFFILIATION, Eligibility.UNCONFIRMED: Rule.AFFILIATION}


def failing(session: Session, vacancy: Vacancy, application: Application, person: Person) -> list[Rule]:
    """List the rules that fail now (5 statements); what they rest on cannot change until the transaction ends."""
    is_eligible = holds_eligibility(session, person)
    return _failing(vacancy, application, person, is_eligible, _was_consulted(session, vacancy))


def seem_to_fail(
    session: Session, vacancy: Vacancy, applications: list[Application]
) -> dict[int, list[Rule]]:
    """Return, by application, the rules that fail as it looks now, for a page (3 statements, however many)."""
    was_consulted = _was_consulted(session, vacancy)
    return {
        one.id: _failing(vacancy, one, one.person, one.person.is_eligible, was_consulted)
        if one.person
        else []
        for one in applications
    }


def _failing(
    vacancy: Vacancy, application: Application, person: Person, is_eligible: bool, was_consulted: bool
) -> list[Rule]:
    found = []
    if not is_eligible:
        found.append(MISSING.get(person.eligibility, Rule.STANDING))
    if not has_information(application, vacancy):
        found.append(Rule.INFORMATION)
    if not was_consulted:
        found.append(Rule.CONSULTATION)
    return found


def has_information(application: Application, vacancy: Vacancy) -> bool:
    """Tell whether a candidate has answered the call for information: nobody is nominated who stayed silent."""
    asked = ("why", "experience", "time", *(("knowledge",) if vacancy.region else ()))
    return application.sent_at is not None and all(getattr(application, one) for one in asked)


def _was_consulted(session: Session, vacancy: Vacancy) -> bool:
    # Begun, answered by somebody, and over: either its last day is past or nobody is waited for.
    one = consultation_of(session, vacancy.id)
    if one is None or vacancy.consultation_at is None:
        return False
    asked = Consultee.consultation_id == one.id
    answered = session.scalar(
        select(func.count())
        .select_from(Answer)
        .join(Consultee, Consultee.id == Answer.consultee_id)
        .where(asked)
    )
    waiting = select(Consultee.id).where(
        asked, Consultee.invited_at.is_not(None), Consultee.answered_at.is_(None)
    )
    return bool(answered) and (one.is_over or session.scalar(waiting.limit(1)) is None)
