"""Accepting or declining. Whoever accepts holds the office from that moment, and the vacancy ends."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from permille.consultations.queries import panel_of
from permille.exclusions.queries import keeps_from_office
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.foundation.days import today
from permille.foundation.languages import _l
from permille.nominations.letters import tell_about
from permille.nominations.models import Nomination, Rule, State
from permille.nominations.proposing import (
    CHANGED,
    HOLDS_OTHER,
    KEPT_OUT,
    RULE_FAILS,
    STOOD_DOWN,
    CannotNominate,
    end,
)
from permille.nominations.queries import live_nomination
from permille.nominations.rules import failing
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application, Outcome, Vacancy
from permille.vacancies.record import hold_vacancy, note
from permille.vacancies.seats import SeatName, seat_facts

ELIGIBILITY = {Rule.AFFILIATION, Rule.STANDING}


def accept(session: Session, person: Person, one: Nomination, objective: Objective) -> Mandate:
    """Accept a nomination: the mandate begins, its predecessor ends, and everybody is told. The caller commits.

    Raises `CannotNominate`: it was taken back, the candidate stood down, or their organisation is no partner
    or member any more and both who decided have not overridden that; or they are kept out of the task force.
    """
    vacancy, found = _still_offered(session, one)
    broken = set(failing(session, vacancy, found.application, person)) & ELIGIBILITY
    if broken - found.overridden:
        raise CannotNominate(RULE_FAILS)
    if keeps_from_office(session, vacancy.objective_id, person.id, to_decide=True):
        raise CannotNominate(KEPT_OUT)
    _end_predecessor(session, vacancy, objective, person)
    own = person.affiliation
    mandate = Mandate(
        objective_id=vacancy.objective_id,
        person_id=person.id,
        office=vacancy.office,
        region=vacancy.region,
        begins_on=today(),
        ends_on=found.ends_on,
        organisation_id=own.organisation_id if own is not None and own.confirmed_at is not None else None,
    )
    try:
        with session.begin_nested():
            session.add(mandate)
    except IntegrityError:  # they took another office here at the same moment
        raise CannotNominate(HOLDS_OTHER) from None
    found.accepted_at, found.mandate_id = now(), mandate.id
    vacancy.end(Outcome.FILLED)
    note(session, vacancy, person, "nomination.accepted", person, ends_on=found.ends_on.isoformat())
    audit.record(
        session, person, "nomination.accepted", found, objective=objective.code, region=vacancy.region
    )
    tell_about(session, person, "office_begun", found, objective)
    _tell_panel(session, found, objective, "nomination_accepted")
    _tell_others(session, vacancy, found, objective)
    return mandate


def decline(session: Session, person: Person, one: Nomination, objective: Objective, reason: str) -> None:
    """Decline a nomination; somebody else can be proposed. The caller commits. Raises `CannotNominate`."""
    vacancy, found = _still_offered(session, one)
    end(session, person, vacancy, found, objective, State.DECLINED, reason)
    found.application.stood_down_at = now()
    _tell_panel(session, found, objective, "nomination_declined", reason=reason)


def after_standing_down(session: Session, application: Application) -> None:
    """Let the nomination of a candidate who stood down come to nothing; the caller holds the vacancy, and commits."""
    one = live_nomination(session, application.vacancy_id, to_change=True)
    if one is None or one.application_id != application.id or not one.is_live:
        return
    vacancy = one.vacancy
    objective = session.get_one(Objective, vacancy.objective_id)
    end(session, None, vacancy, one, objective, State.WITHDRAWN, "")
    _tell_panel(session, one, objective, "nomination_stood_down")


def _still_offered(session: Session, one: Nomination) -> tuple[Vacancy, Nomination]:
    vacancy = hold_vacancy(session, one.vacancy_id)
    found = live_nomination(session, one.vacancy_id, to_change=True)
    if vacancy is None or found is None or found.id != one.id or found.state != State.OFFERED:
        raise CannotNominate(CHANGED)
    session.refresh(found.application)
    if not found.application.is_candidacy:
        raise CannotNominate(STOOD_DOWN)
    return vacancy, found


def _end_predecessor(session: Session, vacancy: Vacancy, objective: Objective, successor: Person) -> None:
    query = select(Mandate).where(
        Mandate.objective_id == vacancy.objective_id,
        Mandate.region == vacancy.region,
        Mandate.ended_at.is_(None),
    )
    before = session.scalar(held(query, Mandate))
    if before is None:
        return
    before.end()
    session.flush()
    audit.record(session, None, "mandate.ended", before, objective=objective.code, region=vacancy.region)
    holder = session.get(Person, before.person_id) if before.person_id else None
    if holder is not None and holder.id != successor.id:
        name = SeatName(objective.code, vacancy.region)
        facts = seat_facts(name, objective, holder.language)
        tell(session, holder, "office_passed", "mandates.mandate", {"mandate_id": before.id}, **facts)


def _tell_panel(session: Session, one: Nomination, objective: Objective, kind: str, **facts: str) -> None:
    told = [seat.person for seat in panel_of(session, one.vacancy_id) if not seat.is_related]
    for person_id in (one.proposed_by_id, one.confirmed_by_id):
        person = session.get(Person, person_id) if person_id else None
        if person is not None and person not in told:
            told.append(person)
    for person in told:
        if person.is_at_desk:
            tell_about(session, person, kind, one, objective, **facts)


def _tell_others(session: Session, vacancy: Vacancy, one: Nomination, objective: Objective) -> None:
    name = SeatName(objective.code, vacancy.region)
    for refusal in one.refusals:
        other = session.get_one(Application, refusal.application_id)
        person = session.get(Person, other.person_id) if other.person_id else None
        if not other.is_candidacy or person is None or person.suspended_at is not None:
            continue
        refusal.told_at = now()
        note(
            session, vacancy, None, "application.refused", person, number=other.number, reason=refusal.reason
        )
        tell(
            session, person, "application_refused", "vacancies.application", {"application_id": other.id},
            number=other.number, reason=refusal.reason, **seat_facts(name, objective, person.language),
        )  # fmt: skip


declare("office_passed", _l("Somebody has taken over your office in Task Force %(code)s. Thank you for your work."), "code")  # fmt: skip
declare("application_refused", _l("Another candidate was nominated for the office you applied for: %(number)s."), "number")  # fmt: skip
