"""Affiliations as the Secretariat sees them: claimed, confirmed and ended."""

from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, raiseload, selectinload

from permille.foundation import search
from permille.foundation.database import Session, held
from permille.people.models import Affiliation, Organisation, Person

PAGE = 50
MOST_FOUND = 200
HOLDS = Affiliation.ended_at.is_(None)
WHICH = {
    "": and_(HOLDS, Affiliation.confirmed_at.is_(None)),
    "confirmed": and_(HOLDS, Affiliation.confirmed_at.is_not(None)),
    "ended": ~HOLDS,
}


def affiliations(
    session: Session, words: str = "", which: str = "", *, lang: str = "en", after: int = 0, most: int = PAGE
) -> list[Affiliation]:
    """List affiliations after an id, oldest first: those that wait, `confirmed` or `ended` (3 statements at most)."""
    query = (
        select(Affiliation)
        .join(Affiliation.person)
        .join(Affiliation.organisation)
        .where(Affiliation.id > after, WHICH.get(which, WHICH[""]))
        .options(contains_eager(Affiliation.person), contains_eager(Affiliation.organisation))
        .options(selectinload(Affiliation.files), raiseload("*"))
    )
    if words:
        known = search.find(session, "organisation", words, lang, MOST_FOUND)
        query = query.where(or_(named(words), Organisation.id.in_(known)))
    return list(session.scalars(query.order_by(Affiliation.id).limit(most)))


def named(words: str) -> Any:
    """Ask whether a person goes by words: parts of their name or address, without case or accents."""
    return and_(*(Person.folded.contains(word, autoescape=True) for word in search.fold(words).split()))


def waiting_count(session: Session) -> int:
    """Count the affiliations nobody has confirmed yet (1 statement)."""
    return session.scalar(select(func.count(Affiliation.id)).where(WHICH[""])) or 0


def affiliation_by_id(
    session: Session, affiliation_id: int, which: str = "", *, to_change: bool = True
) -> Affiliation | None:
    """Find an affiliation that waits or is `confirmed`, with person and organisation; held to change it (3 statements)."""
    query = (
        select(Affiliation)
        .where(Affiliation.id == affiliation_id, WHICH[which])
        .options(
            joinedload(Affiliation.person, innerjoin=True),
            joinedload(Affiliation.organisation, innerjoin=True),
            selectinload(Affiliation.contacts),
            selectinload(Affiliation.files),
        )
    )
    return session.scalar(held(query, Affiliation) if to_change else query)
