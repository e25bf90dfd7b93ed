"""Taking lists along: the same columns that can be read in again."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, raiseload

from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Person
from permille.sheets.models import What
from permille.taskforces.models import Mandate
from permille.vacancies.interests import interests_of
from permille.vacancies.models import Application, Vacancy

Row = tuple[Any, ...]


def rows_to_take(session: Session, what: What, reader: Person) -> list[Row]:
    """Return the rows of a list in the order of its columns (2 or 3 statements)."""
    return _mandates(session) if what == What.MANDATES else _candidates(session, reader)


def _mandates(session: Session) -> list[Row]:
    query = (
        select(Mandate)
        .join(Mandate.objective)
        .join(Mandate.person)
        .where(Mandate.ended_at.is_(None))
        .options(
            contains_eager(Mandate.objective), _with_belonging(contains_eager(Mandate.person)), raiseload("*")
        )
        .order_by(Objective.code, Mandate.region.is_not(None), Mandate.region)
    )
    rows = list(session.scalars(query))
    return [
        (
            one.objective.code,
            one.office,
            one.region,
            *_who(one.person, one.person.language if one.person else "en"),
            one.begins_on,
            one.ends_on,
            "yes" if one.is_acting else "",
        )
        for one in rows
    ]


def _candidates(session: Session, reader: Person) -> list[Row]:
    """Leave out every vacancy the reader is or was a candidate of: it is not theirs to run."""
    query = (
        select(Application)
        .join(Application.vacancy)
        .join(Vacancy.objective)
        .join(Application.person)
        .where(Vacancy.ended_at.is_(None), Vacancy.id.not_in(interests_of(session, reader.id)))
        .where(Application.sent_at.is_not(None), Application.stood_down_at.is_(None))
        .options(
            contains_eager(Application.vacancy).contains_eager(Vacancy.objective),
            _with_belonging(contains_eager(Application.person)),
            raiseload("*"),
        )
        .order_by(Objective.code, Vacancy.region.is_not(None), Vacancy.region, Application.id)
    )
    rows = list(session.scalars(query))
    return [_of_candidate(one) for one in rows]


def _of_candidate(one: Application) -> Row:
    vacancy = one.vacancy
    return (
        vacancy.objective.code,
        vacancy.office,
        vacancy.region,
        *_who(one.person, one.language),
        one.sent_at.date() if one.sent_at else None,
        one.why,
        one.experience,
        one.knowledge,
        "|".join(one.languages),
        one.time,
        one.endorsement,
        "\n".join(one.links.split()),
    )


def _with_belonging(person: Any) -> Any:
    return person.selectinload(Person.affiliations).joinedload(Affiliation.organisation)


def _who(person: Person | None, language: str) -> tuple[Any, ...]:
    if person is None:
        return "", "", language, ""
    own = person.affiliation
    return person.email, person.name, language, own.organisation.name if own is not None else ""
