"""Finding nominations."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from permille.foundation.database import Session, held
from permille.nominations.models import Nomination, Refusal, State
from permille.people.models import Affiliation, Person
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.progress import Detail

LIVES = (Nomination.withdrawn_at.is_(None), Nomination.declined_at.is_(None))


def live_nomination(session: Session, vacancy_id: int, *, to_change: bool = False) -> Nomination | None:
    """Find the nomination of a vacancy that can lead to an office, or has led there (3 statements)."""
    query = select(Nomination).where(Nomination.vacancy_id == vacancy_id, *LIVES)
    query = query.options(
        joinedload(Nomination.application).joinedload(Application.person), selectinload(Nomination.refusals)
    )
    return session.scalar(held(query, Nomination) if to_change else query)


def nominations_of(session: Session, vacancy_id: int) -> list[Nomination]:
    """List every nomination there was in a vacancy, the newest first (2 statements)."""
    query = (
        select(Nomination)
        .where(Nomination.vacancy_id == vacancy_id)
        .options(
            joinedload(Nomination.application).joinedload(Application.person),
            joinedload(Nomination.proposed_by),
            joinedload(Nomination.confirmed_by),
            selectinload(Nomination.refusals),
            raiseload("*"),
        )
        .order_by(Nomination.id.desc())
    )
    return list(session.scalars(query))


def nomination_by_id(session: Session, nomination_id: int) -> Nomination | None:
    """Find a nomination with its vacancy, task force and candidate (2 statements)."""
    query = (
        select(Nomination)
        .where(Nomination.id == nomination_id)
        .options(
            joinedload(Nomination.vacancy).joinedload(Vacancy.objective),
            joinedload(Nomination.application)
            .joinedload(Application.person)
            .selectinload(Person.affiliations)
            .joinedload(Affiliation.organisation),
        )
    )
    return session.scalar(query)


def offered_to(session: Session, person_id: int) -> list[Nomination]:
    """List the nominations that wait for a person's reply (1 statement)."""
    query = (
        select(Nomination)
        .join(Nomination.application)
        .where(
            Application.person_id == person_id,
            Nomination.confirmed_at.is_not(None),
            Nomination.accepted_at.is_(None),
            *LIVES,
        )
        .options(joinedload(Nomination.vacancy).joinedload(Vacancy.objective), raiseload("*"))
        .order_by(Nomination.id)
    )
    return list(session.scalars(query))


def offer_of(session: Session, application_id: int) -> Nomination | None:
    """Find the nomination a candidate was asked about and has not declined: it waits, or they accepted (1 statement)."""
    query = select(Nomination).where(Nomination.application_id == application_id, *LIVES)
    return session.scalar(query.where(Nomination.confirmed_at.is_not(None)).options(raiseload("*")))


def basis_of(session: Session, mandate_id: int) -> Nomination | None:
    """Find the nomination by which a mandate came about, with those who decided (1 statement)."""
    query = select(Nomination).where(Nomination.mandate_id == mandate_id)
    who = (joinedload(Nomination.proposed_by), joinedload(Nomination.confirmed_by), raiseload("*"))
    return session.scalar(query.options(*who))


def states_by_vacancy(session: Session) -> dict[int, Detail]:
    """Return of every vacancy that runs whether its nomination waits to be confirmed or for the candidate (1 statement)."""
    query = select(Nomination.vacancy_id, Nomination.confirmed_at).where(
        Nomination.accepted_at.is_(None), *LIVES
    )
    return {
        vacancy_id: ("nomination", State.PROPOSED if confirmed_at is None else State.OFFERED)
        for vacancy_id, confirmed_at in session.execute(query)
    }


def refusal_of(session: Session, application_id: int) -> Refusal | None:
    """Find why a candidate was not nominated, once they were told (1 statement)."""
    query = select(Refusal).where(Refusal.application_id == application_id, Refusal.told_at.is_not(None))
    return session.scalar(query.order_by(Refusal.id.desc()).limit(1))
