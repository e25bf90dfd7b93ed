"""Finding organisations as the Secretariat sees them: proposed, merged and lapsed ones too."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, raiseload, selectinload

from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.people.claims import organisations_with
from permille.people.listing import NAME, Part, part_of
from permille.people.models import Affiliation, Organisation, OrganisationKind, Person, StandingState
from permille.people.models.organisations import VALID

PAGE = 50
BATCH = 500
SOON = timedelta(days=90)
MOST_PEOPLE = 200


@dataclass(frozen=True)
class Wanted:
    """What a list of organisations is narrowed to; empty means everything.

    `which` is a standing, `proposed`, `lapsing`, `merged`, or empty for all that were not merged.
    """

    words: str = ""
    which: str = ""
    country: str = ""
    kind: str = ""
    but: int = 0

    def without(self, organisation_id: int) -> "Wanted":
        """Leave one organisation out."""
        return replace(self, but=organisation_id)


def lapsing() -> ColumnElement[bool]:
    """Ask whether a valid standing ends within 90 days."""
    ends = Organisation.state_until
    return and_(Organisation.state.in_(VALID), ends > now(), ends < now() + SOON)


def _lapsed() -> ColumnElement[bool]:
    past = and_(Organisation.state.in_(VALID), Organisation.state_until <= now())
    return or_(Organisation.state == StandingState.LAPSED, past)


def _which(which: str) -> ColumnElement[bool]:
    if which == "proposed":
        return Organisation.proposal()
    if which == "lapsing":
        return lapsing()
    if which == StandingState.LAPSED:
        return _lapsed()
    if which in VALID:
        return and_(Organisation.state == which, Organisation.valid())
    return Organisation.state == which


def organisations(session: Session, wanted: Wanted, lang: str, after: int) -> Part:
    """List organisations that follow the one with the id `after`, by name or, if they lapse, by end (2 statements)."""
    query = organisations_with(session, wanted.words, lang, wanted.country)
    merged = Organisation.merged_into_id.is_not(None)
    query = query.where(merged if wanted.which == "merged" else ~merged, Organisation.id != wanted.but)
    if wanted.which in ("proposed", "lapsing", *StandingState):
        query = query.where(_which(wanted.which))
    if wanted.kind in tuple(OrganisationKind):
        query = query.where(Organisation.kind == wanted.kind)
    by: Any = Organisation.state_until if wanted.which == "lapsing" else NAME
    return part_of(session, query, after, PAGE, by)


def all_organisations(session: Session) -> Iterator[Organisation]:
    """Read every organisation that was not merged, with its standings (2 statements per 500)."""
    after = 0
    query = select(Organisation).where(Organisation.merged_into_id.is_(None)).order_by(Organisation.id)
    query = query.options(selectinload(Organisation.standings)).limit(BATCH)
    while rows := list(session.scalars(query.where(Organisation.id > after))):
        yield from rows
        after = rows[-1].id


def organisation_by_id(
    session: Session, organisation_id: int, *, to_change: bool = False
) -> Organisation | None:
    """Find an organisation with the history of its standing, held if it is to change (2 statements)."""
    query = (
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .options(selectinload(Organisation.standings))
    )
    return session.scalar(held(query, Organisation) if to_change else query)


def people_count(session: Session, organisation: Organisation) -> int:
    """Count the people who belong or say they belong to an organisation (1 statement)."""
    query = select(func.count(Affiliation.id)).where(*_belonging(organisation))
    return session.scalar(query) or 0


def affiliations_of(
    session: Session, organisation: Organisation, most: int | None = MOST_PEOPLE
) -> list[Affiliation]:
    """List who belongs or says they belong to an organisation, by name (1 statement)."""
    query = (
        select(Affiliation)
        .join(Affiliation.person)
        .where(*_belonging(organisation))
        .options(joinedload(Affiliation.person), joinedload(Affiliation.organisation), raiseload("*"))
        .order_by(func.lower(Person.name), Person.id)
        .limit(most)
    )
    return list(session.scalars(query))


def people_behind(session: Session, organisation: Organisation) -> dict[int, Person]:
    """Find who proposed an organisation and who decided about its standing, by id (1 statement)."""
    ids = {organisation.proposed_by_id, *(one.decided_by_id for one in organisation.standings)}
    query = select(Person).where(Person.id.in_(ids - {None})).options(raiseload("*"))
    return {one.id: one for one in session.scalars(query)}


def _belonging(organisation: Organisation) -> tuple[ColumnElement[bool], ...]:
    return Affiliation.organisation_id == organisation.id, Affiliation.ended_at.is_(None)
