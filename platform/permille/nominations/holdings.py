"""What this package holds about a person: nominations of them, and what they decided about others."""

from typing import Any

from sqlalchemy import case, or_, select, update
from sqlalchemy.orm import joinedload, raiseload

from permille.foundation.database import Session
from permille.foundation.erasure import date_of, holds
from permille.nominations.models import Nomination, Refusal
from permille.people.models import Person
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.record import hold_vacancies_of

GONE = "–"
"""Stands for an erased reason where the database asks for one."""


def declare() -> None:
    """Declare what is held about a person."""
    holds(
        "nominations decided", _tell_decided, _keep, "nomination.proposed_by_id", "nomination.confirmed_by_id"
    )
    holds("nominations", _tell_nominations, _erase_nominations)


def _tell_decided(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Nomination).where(
        or_(Nomination.proposed_by_id == person.id, Nomination.confirmed_by_id == person.id)
    )
    return [
        {
            "task force": one.vacancy.objective.code,
            "region": one.vacancy.region,
            "did": "proposed" if one.proposed_by_id == person.id else "confirmed",
            "when": date_of(one.created_at if one.proposed_by_id == person.id else one.confirmed_at),
        }
        for one in session.scalars(_with_seat(query))
    ]


def _tell_nominations(session: Session, person: Person) -> list[dict[str, Any]]:
    query = select(Nomination).join(Nomination.application).where(Application.person_id == person.id)
    refused = select(Refusal).join(Application, Application.id == Refusal.application_id)
    refused = refused.where(Application.person_id == person.id, Refusal.told_at.is_not(None))
    return [
        {
            "task force": one.vacancy.objective.code,
            "region": one.vacancy.region,
            "confirmed": date_of(one.confirmed_at),
            "accepted": date_of(one.accepted_at),
            "declined": date_of(one.declined_at),
            "taken back": date_of(one.withdrawn_at),
            "term until": one.ends_on.isoformat(),
        }
        for one in session.scalars(_with_seat(query).where(Nomination.confirmed_at.is_not(None)))
    ] + [{"not nominated": one.reason, "told": date_of(one.told_at)} for one in session.scalars(refused)]


def _with_seat(query: Any) -> Any:
    loads = joinedload(Nomination.vacancy).joinedload(Vacancy.objective)
    return query.options(loads, raiseload("*")).order_by(Nomination.id)


def _erase_nominations(session: Session, person: Person) -> None:
    # Declared after the applications, so that it is asked while these still name the person.
    theirs = select(Application.id).where(Application.person_id == person.id)
    hold_vacancies_of(session, person.id)
    session.flush()
    for statement in (
        update(Nomination).where(Nomination.application_id.in_(theirs)).values(**blank()),
        update(Refusal).where(Refusal.application_id.in_(theirs)).values(reason=""),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})


def blank() -> dict[str, Any]:
    """Return what is left of the words of a nomination that had to be erased."""
    return {
        "reason": "",
        "end_reason": "",
        "override": case((Nomination.override != "", GONE), else_=""),
        "confirmed_override": case((Nomination.confirmed_override != "", GONE), else_=""),
    }


def _keep(_session: Session, _person: Person) -> None:
    """Keep what was decided about others; the database takes the reference away with the account."""
