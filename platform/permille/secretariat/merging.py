"""Merging two records of one organisation, and taking the merge back."""

from typing import Any

from sqlalchemy import func, select, update

from permille.foundation import search
from permille.foundation.audit import AuditEntry
from permille.foundation.database import Session
from permille.people.claims import index_organisation
from permille.people.models import Affiliation, Organisation

ACT = "organisation.merged"


def people_count(session: Session, organisation: Organisation) -> int:
    """Count the people who belong or say they belong to an organisation (1 statement)."""
    query = select(func.count(Affiliation.id)).where(
        Affiliation.organisation_id == organisation.id, Affiliation.ended_at.is_(None)
    )
    return session.scalar(query) or 0


def merge(session: Session, source: Organisation, target: Organisation) -> dict[str, Any]:
    """Let `target` stand for `source`: its names and people move, its standing does not.

    Returns what `part` needs to take it back. The caller records it and commits.
    """
    known = {search.fold(name) for name in (target.name, *target.aliases)}
    names = [one for one in (source.name, *source.aliases) if search.fold(one) not in known]
    moved = _ids(session, Affiliation.id, Affiliation.organisation_id == source.id)
    followers = _ids(session, Organisation.id, Organisation.merged_into_id == source.id)
    _point(session, moved, target)
    _follow(session, followers, target)
    target.aliases = [*target.aliases, *names]
    source.merged_into_id = target.id
    session.flush()
    search.take(session, "organisation", source.id)
    index_organisation(session, target)
    return {"into": target.id, "affiliations": moved, "followers": followers, "names": names}


def last_merge(session: Session, source: Organisation) -> AuditEntry | None:
    """Find the record of an organisation's last merge (1 statement)."""
    return session.scalar(
        select(AuditEntry)
        .where(AuditEntry.action == ACT, AuditEntry.object_id == source.id)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def part(session: Session, source: Organisation, target: Organisation, details: dict[str, Any]) -> None:
    """Take a merge back: names and people return to `source`. The caller commits."""
    source.merged_into_id = None
    target.aliases = [one for one in target.aliases if one not in details["names"]]
    _point(session, details["affiliations"], source, only_from=target)
    _follow(session, details["followers"], source)
    session.flush()
    index_organisation(session, source)
    index_organisation(session, target)


def _ids(session: Session, column: Any, condition: Any) -> list[int]:
    return list(session.scalars(select(column).where(condition).order_by(column)))


def _point(session: Session, ids: list[int], at: Organisation, only_from: Organisation | None = None) -> None:
    query = update(Affiliation).where(Affiliation.id.in_(ids))
    if only_from is not None:
        query = query.where(Affiliation.organisation_id == only_from.id)
    session.execute(query.values(organisation_id=at.id))


def _follow(session: Session, ids: list[int], target: Organisation) -> None:
    session.execute(update(Organisation).where(Organisation.id.in_(ids)).values(merged_into_id=target.id))
