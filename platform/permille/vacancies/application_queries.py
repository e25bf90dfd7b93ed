"""Finding applications."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from permille.foundation.database import Session, held
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Person
from permille.vacancies.models import Application, Evidence, Step, Vacancy


def application_for(
    session: Session, vacancy_id: int, person_id: int, *, to_change: bool = False
) -> Application | None:
    """Find a person's application for a vacancy, with its files, held if it is to change (2 statements)."""
    query = (
        select(Application)
        .where(Application.vacancy_id == vacancy_id, Application.person_id == person_id)
        .options(joinedload(Application.vacancy), selectinload(Application.evidence))
    )
    return session.scalar(held(query, Application) if to_change else query)


def application_by_id(session: Session, application_id: int) -> Application | None:
    """Find an application with its vacancy, candidate and files (2 statements)."""
    query = (
        select(Application)
        .where(Application.id == application_id)
        .options(
            joinedload(Application.vacancy).joinedload(Vacancy.objective),
            joinedload(Application.person)
            .selectinload(Person.affiliations)
            .joinedload(Affiliation.organisation),
            selectinload(Application.evidence),
        )
    )
    return session.scalar(query)


def evidence_of(session: Session, application_id: int, evidence_id: int) -> Evidence | None:
    """Find one file of an application (1 statement)."""
    return session.scalar(
        select(Evidence).where(Evidence.id == evidence_id, Evidence.application_id == application_id)
    )


def bytes_held(session: Session, person_id: int) -> int:
    """Count the bytes of all files a person has attached (1 statement)."""
    query = select(func.coalesce(func.sum(Evidence.size), 0)).join(
        Application, Application.id == Evidence.application_id
    )
    return session.scalar(query.where(Application.person_id == person_id)) or 0


def applications_of(session: Session, person_id: int) -> list[Application]:
    """List a person's applications, newest first, with what they are for (1 statement)."""
    query = (
        select(Application)
        .where(Application.person_id == person_id)
        .options(joinedload(Application.vacancy).joinedload(Vacancy.objective), raiseload("*"))
        .order_by(Application.id.desc())
    )
    return list(session.scalars(query))


@dataclass(frozen=True)
class Counted:
    """How many are candidates for a vacancy, and how many of them have attached no file."""

    candidates: int
    without_evidence: int


def counts(session: Session) -> dict[int, Counted]:
    """Count the candidates of all vacancies that have not ended (1 statement)."""
    shown = select(Evidence.id).where(Evidence.application_id == Application.id).exists()
    query = (
        select(Application.vacancy_id, func.count(), func.sum(case((shown, 0), else_=1)))
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .where(
            Vacancy.ended_at.is_(None), Application.sent_at.is_not(None), Application.stood_down_at.is_(None)
        )
        .group_by(Application.vacancy_id)
    )
    return {row[0]: Counted(row[1], row[2]) for row in session.execute(query)}


@dataclass(frozen=True)
class Progress:
    """How many vacancies run: with a call that is open, closed with candidates, closed with none, and further on.

    `late` are those whose decision was expected by now.
    """

    called: int
    closed: int
    without_candidates: int
    consulted: int
    nominated: int
    late: int


def vacancies_by_step(session: Session) -> Progress:
    """Count the vacancies that run by what they wait for (2 statements)."""
    counted = counts(session)
    rows = list(session.scalars(select(Vacancy).where(Vacancy.ended_at.is_(None)).options(raiseload("*"))))
    closed = [one for one in rows if one.step == Step.CLOSED]
    without = sum(one.id not in counted for one in closed)
    steps = Counter(one.step for one in rows)
    return Progress(
        steps[Step.CALL], len(closed) - without, without, steps[Step.CONSULTATION], steps[Step.NOMINATION],
        sum(one.is_late for one in rows),
    )  # fmt: skip


def candidates_of(session: Session, vacancy_id: int) -> list[Application]:
    """List the applications that were sent for a vacancy, in the order they came (3 statements)."""
    query = (
        select(Application)
        .where(Application.vacancy_id == vacancy_id, Application.sent_at.is_not(None))
        .options(
            joinedload(Application.vacancy),
            joinedload(Application.person)
            .selectinload(Person.affiliations)
            .joinedload(Affiliation.organisation),
            selectinload(Application.evidence),
            raiseload("*"),
        )
        .order_by(Application.sent_at, Application.id)
    )
    return list(session.scalars(query))


def standing_for(session: Session, vacancy_id: int) -> list[Application]:
    """List the candidates of a vacancy who have not stood down, in the order they applied (3 statements)."""
    return [one for one in candidates_of(session, vacancy_id) if one.is_candidacy]


def also_stands_for(
    session: Session, vacancy_id: int, person_ids: list[int]
) -> dict[int, list[tuple[str, str | None]]]:
    """Return the other seats these people stand for now, as code and region (1 statement)."""
    query = (
        select(Application.person_id, Objective.code, Vacancy.region)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .join(Objective, Objective.id == Vacancy.objective_id)
        .where(
            Application.person_id.in_(person_ids),
            Application.vacancy_id != vacancy_id,
            Application.sent_at.is_not(None),
            Application.stood_down_at.is_(None),
            Vacancy.ended_at.is_(None),
        )
        .order_by(Objective.code, Vacancy.region)
    )
    found: dict[int, list[tuple[str, str | None]]] = {}
    row: Any
    for row in session.execute(query):
        found.setdefault(row.person_id, []).append((row.code, row.region))
    return found
