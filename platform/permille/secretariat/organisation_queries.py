"""Finding organisations as the Secretariat sees them: proposed, merged and lapsed ones too."""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import raiseload, selectinload

from permille.foundation import search
from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.people.models import Organisation, StandingState
from permille.people.models.organisations import VALID

PAGE = 50
SOON = timedelta(days=90)
MOST_FOUND = 200


def lapsing() -> ColumnElement[bool]:
    """Ask whether a valid standing ends within 90 days."""
    return and_(
        Organisation.state.in_(VALID),
        Organisation.state_until > now(),
        Organisation.state_until < now() + SOON,
    )


def organisations(session: Session, words: str, which: str, lang: str, after: int) -> list[Organisation]:
    """List organisations after an id: by words of their names, and by standing (2 statements at most).

    `which` is a standing, `proposed`, `lapsing`, `merged`, or empty for all that were not merged.
    """
    query = select(Organisation).where(Organisation.id > after)
    if words:
        query = query.where(
            Organisation.id.in_(search.find(session, "organisation", words, lang, MOST_FOUND))
        )
    merged = Organisation.merged_into_id.is_not(None)
    query = query.where(merged if which == "merged" else ~merged)
    if which == "proposed":
        query = query.where(Organisation.accepted_at.is_(None))
    elif which == "lapsing":
        query = query.where(lapsing())
    elif which in {state.value for state in StandingState}:
        query = query.where(Organisation.state == which)
    return list(session.scalars(query.options(raiseload("*")).order_by(Organisation.id).limit(PAGE)))


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
