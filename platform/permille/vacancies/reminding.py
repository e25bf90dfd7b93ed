"""Reminding, as the last day of a call comes near, whoever has not sent what they began. The worker asks for it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import raiseload

from permille.exclusions.queries import kept_from_offices
from permille.foundation.database import Session
from permille.foundation.days import today
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.models import Person
from permille.people.models.eligibility import Eligibility, eligibility
from permille.people.places import with_place
from permille.vacancies.interests import interested
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import hold_with_seat
from permille.vacancies.seats import SeatName, seat_facts, seat_of

BEFORE = timedelta(days=3)
UNSENT, NOBODY = "application_unsent", "call_without_candidate"


def remind_of_calls(session: Session) -> None:
    """Remind, once and three days before the last day of a call, who has not sent; commits each call on its own.

    Where nobody is a candidate yet, the Secretariat is told too. A call that is extended is reminded of again.
    """
    due = select(Vacancy.id).where(
        Vacancy.reminded_for.is_distinct_from(Vacancy.last_day),
        Vacancy.last_day.between(today(), today() + BEFORE),
        Vacancy.closed_at.is_(None),
        Vacancy.consultation_at.is_(None),
        Vacancy.ended_at.is_(None),
    )
    for vacancy_id in session.scalars(due.order_by(Vacancy.id)).all():
        one = hold_with_seat(session, vacancy_id)
        if one is None or not _is_due(one):  # another worker was faster, or the call was changed meanwhile
            session.rollback()
            continue
        one.reminded_for = one.last_day
        _remind_writers(session, one)
        _tell_desk(session, one)
        session.commit()
    session.rollback()  # lets go of the database: a reader here is a writer too


def _is_due(vacancy: Vacancy) -> bool:
    is_near = vacancy.last_day <= today() + BEFORE
    return vacancy.is_open and is_near and vacancy.reminded_for != vacancy.last_day


def _remind_writers(session: Session, vacancy: Vacancy) -> None:
    # Only those who could send it, if their organisation is confirmed in time: others would be called in vain.
    query = (
        with_place(select(Person).join(Application, Application.person_id == Person.id))
        .where(
            Application.vacancy_id == vacancy.id,
            Application.sent_at.is_(None),
            Person.confirmed_at.is_not(None),
            Person.suspended_at.is_(None),
            eligibility().in_((Eligibility.ELIGIBLE, Eligibility.UNCONFIRMED)),
        )
        .options(raiseload("*"))
        .order_by(Person.id)
    )
    name, writers = seat_of(vacancy), session.scalars(query).all()
    kept_out = kept_from_offices(session, [person.id for person in writers])
    for person in writers:
        if vacancy.is_open_to(person.id) and (vacancy.objective_id, person.id) not in kept_out:
            tell(session, person, UNSENT, "vacancies.apply", name.address, **_facts(vacancy, name, person))


def _tell_desk(session: Session, vacancy: Vacancy) -> None:
    sent = select(Application.person_id).where(
        Application.vacancy_id == vacancy.id, Application.sent_at.is_not(None)
    )
    if session.scalar(sent.where(Application.stood_down_at.is_(None)).limit(1)) is not None:
        return
    query = select(Person).where(Person.at_desk(), ~interested(vacancy.id, Person.id))
    name = seat_of(vacancy)
    for person in session.scalars(query.options(raiseload("*")).order_by(Person.id)).all():
        tell(session, person, NOBODY, "vacancies.seat", name.address, **_facts(vacancy, name, person))


def _facts(vacancy: Vacancy, name: SeatName, reader: Person) -> dict[str, Any]:
    return {**seat_facts(name, vacancy.objective, reader.language), "last_day": vacancy.last_day}


declare(
    UNSENT,
    _l("Your application for an office of Task Force %(code)s is not sent yet, and its call closes soon."),
    "code",
)
declare(NOBODY, _l("A call of Task Force %(code)s closes soon, and nobody has applied yet."), "code")
