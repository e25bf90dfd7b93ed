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


def failing(
    session: Session, vacancy: Vacancy, application: Application, person: Person, *, to_decide: bool = True
) -> list[Rule]:
    """List the rules that fail now (5 statements).

    For a decision, what they rest on cannot change until the transaction ends.
    """
    found = []
    is_eligible = holds_eligibility(session, person) if to_decide else person.is_eligible
    if not is_eligible:
        found.append(MISSING.get(person.eligibility, Rule.STANDING))
    if not has_information(application, vacancy):
        found.append(Rule.INFORMATION)
    if not _was_consulted(session, vacancy):
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
