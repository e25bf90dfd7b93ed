"""What is there already that the rows of a list speak of: looked up for all of them at once, never row by row."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

from permille.exclusions.queries import kept_from_offices
from permille.foundation import search
from permille.foundation.database import Session, held
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Organisation, Person, StandingState
from permille.taskforces.models import Mandate, Membership
from permille.vacancies.interests import interests_of
from permille.vacancies.models import Application, Vacancy

AT_ONCE = 500
Seat = tuple[str, str | None]
"""The code of a task force, and a region or none for its leader."""


class World:
    """Objectives, accounts, organisations, offices, vacancies and applications, by what rows call them.

    It costs 7 statements, and 2 for every 500 accounts. `to_change` holds what the rows rest on until the
    transaction ends, vacancies first and memberships last.
    """

    def __init__(
        self, session: Session, reader: Person, emails: set[str], seats: set[Seat], *, to_change: bool = False
    ) -> None:
        self._session, self.reader, self._to_change = session, reader, to_change
        self.objectives = {
            one.code: one for one in session.scalars(select(Objective).options(raiseload("*")))
        }
        self.vacancies = self._vacancies(seats)
        self.applications = self._applications()
        self.people = self._people(emails)
        self.organisations = self._organisations()
        self.mandates = self._mandates()
        self._hold_memberships()
        self.kept_out = kept_from_offices(session, [one.id for one in self.people.values()])
        """Who cannot take an office of which task force, as (objective, person)."""
        self.interests = interests_of(session, reader.id)
        """The vacancies the reader has an interest in."""

    def holds(self, objective: Objective, person: Person | None) -> Mandate | None:
        """Return the office a person has in a task force."""
        offices = (one for one in self.mandates.values() if person is not None and one.person_id == person.id)
        return next((one for one in offices if one.objective_id == objective.id), None)

    def named(self, name: str) -> list[Organisation]:
        """Return the organisations that go by a name."""
        return self.organisations.get(search.fold(name), [])

    def _query(self, query: Any, of: Any) -> Any:
        return held(query, of) if self._to_change else query

    def _vacancies(self, seats: set[Seat]) -> dict[Seat, Vacancy]:
        codes = {one.id: one.code for one in self.objectives.values()}
        running = select(Vacancy.id, Vacancy.objective_id, Vacancy.region).where(Vacancy.ended_at.is_(None))
        ids = [
            one.id for one in self._session.execute(running) if (codes[one.objective_id], one.region) in seats
        ]
        query = select(Vacancy).where(Vacancy.id.in_(ids), Vacancy.ended_at.is_(None)).order_by(Vacancy.id)
        query = query.options(joinedload(Vacancy.renews), raiseload("*"))
        found = self._session.scalars(self._query(query, Vacancy))
        return {(codes[one.objective_id], one.region): one for one in found}

    def _mandates(self) -> dict[Seat, Mandate]:
        runs = Mandate.ended_at.is_(None)
        if (
            self._to_change
        ):  # on its own: a query that holds reads anew, and the people are read with more already
            running = select(Mandate).where(runs).order_by(Mandate.id).options(raiseload("*"))
            self._session.scalars(held(running, Mandate)).all()
        query = select(Objective.code, Mandate).join(Mandate.objective).join(Mandate.person).where(runs)
        query = query.options(contains_eager(Mandate.person), raiseload("*"))
        return {(code, one.region): one for code, one in self._session.execute(query)}

    def _people(self, emails: set[str]) -> dict[str, Person]:
        found: list[Person] = []
        for some in _parts(sorted(emails)):
            if self._to_change:
                self._hold_standing(some)
            belonging = selectinload(Person.affiliations).joinedload(Affiliation.organisation)
            query = select(Person).where(Person.email.in_(some)).options(belonging, raiseload("*"))
            found += self._session.scalars(query.execution_options(populate_existing=True))
        return {one.email: one for one in found}

    def _hold_standing(self, emails: list[str]) -> None:
        # What makes somebody eligible: their affiliation, and what their organisation is.
        people = select(Person.id).where(Person.email.in_(emails))
        theirs = and_(Affiliation.person_id.in_(people), Affiliation.ended_at.is_(None))
        rows = self._session.scalars(
            held(select(Affiliation).where(theirs).order_by(Affiliation.id), Affiliation)
        )
        ids = {one.organisation_id for one in rows}
        query = select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.id)
        self._session.scalars(held(query, Organisation)).all()

    def _hold_memberships(self) -> None:
        # Whoever decides an exclusion holds the membership: so they wait for the list, or it for them.
        if self._to_change:
            ids = [one.id for one in self.people.values()]
            query = select(Membership).where(Membership.person_id.in_(ids)).order_by(Membership.id)
            self._session.scalars(held(query, Membership).options(raiseload("*"))).all()

    def _organisations(self) -> dict[str, list[Organisation]]:
        rejected = and_(Organisation.accepted_at.is_(None), Organisation.state == StandingState.WITHDRAWN)
        query = select(Organisation).where(Organisation.merged_into_id.is_(None), ~rejected)
        found: dict[str, list[Organisation]] = {}
        for one in self._session.scalars(query.options(raiseload("*")).order_by(Organisation.id)):
            for name in {search.fold(name) for name in (one.name, *one.aliases)}:
                found.setdefault(name, []).append(one)
        return found

    def _applications(self) -> dict[tuple[int, int], Application]:
        ids = [one.id for one in self.vacancies.values()]
        query = select(Application).where(Application.vacancy_id.in_(ids), Application.person_id.is_not(None))
        rows = self._session.scalars(self._query(query, Application).options(raiseload("*")))
        return {(one.vacancy_id, one.person_id): one for one in rows if one.person_id}


def _parts(every: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def seats_of(said: Iterable[dict[str, Any]]) -> set[Seat]:
    """Return the seats the rows speak of."""
    return {(one["objective"] or "", one["region"]) for one in said}
