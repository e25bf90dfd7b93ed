"""Merging two records of one organisation, and taking the merge back."""

from typing import Any

from sqlalchemy import select, update

from permille.foundation import search
from permille.foundation.audit import AuditEntry
from permille.foundation.database import Session, held
from permille.people.claims import index_organisation
from permille.people.models import Affiliation, Organisation

ACT = "organisation.merged"


def merge(session: Session, source: Organisation, target: Organisation) -> dict[str, Any]:
    """Let `target` stand for `source`: its names and people move, its standing does not.

    Returns what `part` needs to take it back. The caller records it and commits.
    """
    known = _names(target)
    names = [one for one in (source.name, *source.aliases) if search.fold(one) not in known]
    moved = _ids(session, Affiliation.id, Affiliation.organisation_id == source.id)
    followers = _ids(session, Organisation.id, Organisation.merged_into_id == source.id)
    _point(session, moved, source, target)
    _follow(session, followers, source, target)
    target.aliases = [*target.aliases, *names]
    source.merged_into_id = target.id
    session.flush()
    search.take(session, "organisation", source.id)
    index_organisation(session, target)
    return {"into": target.id, "affiliations": moved, "followers": followers, "names": names}


def last_merge(session: Session, organisation_id: int) -> AuditEntry | None:
    """Find the record of an organisation's last merge (1 statement)."""
    return session.scalar(
        select(AuditEntry)
        .where(AuditEntry.action == ACT, AuditEntry.object_id == organisation_id)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def part(session: Session, source: Organisation, target: Organisation, entry: AuditEntry) -> None:
    """Take the merge of `entry` back: what it moved returns to `source`. The caller commits.

    What has gone elsewhere since then, or came to `target` again by a later merge, stays where it is.
    """
    details, later = entry.details, _later_merges(session, entry, source, target)
    again = {one for other in later for one in other.details["affiliations"]}
    source.merged_into_id = None
    session.flush()
    _point(session, [one for one in details["affiliations"] if one not in again], target, source)
    parted = {other.object_id for other in later}
    _follow(session, [one for one in details["followers"] if one not in parted], target, source)
    _take_names(session, details["names"], details["into"], target)
    session.flush()
    index_organisation(session, source)
    index_organisation(session, target)


def _take_names(session: Session, names: list[str], first: int, target: Organisation) -> None:
    """Take names from the record they were brought to, and from each they went on to with that one."""
    at: int | None = first
    while at is not None and names:
        one = session.scalars(held(select(Organisation).where(Organisation.id == at), Organisation)).one()
        borne = _borne(session, target, but=one)
        one.aliases = [name for name in one.aliases if name not in names or search.fold(name) in borne]
        session.flush()
        entry = last_merge(session, one.id) if one.id != target.id else None
        names = [name for name in names if entry and name in entry.details["names"]]
        at = entry.details["into"] if entry else None


def _borne(session: Session, target: Organisation, but: Organisation) -> set[str]:
    """Return the names of the records that are merged into `target` still."""
    query = select(Organisation).where(Organisation.merged_into_id == target.id, Organisation.id != but.id)
    return {name for one in session.scalars(query) for name in _names(one)}


def _later_merges(
    session: Session, entry: AuditEntry, source: Organisation, target: Organisation
) -> list[AuditEntry]:
    """List the merges into `target` after this one that stand, but for those that took `source` along."""
    query = select(AuditEntry).where(
        AuditEntry.action == ACT,
        AuditEntry.id > entry.id,
        AuditEntry.object_id.in_(select(Organisation.id).where(Organisation.merged_into_id == target.id)),
    )
    found = [one for one in session.scalars(query) if one.details["into"] == target.id]
    return [one for one in found if source.id not in one.details["followers"]]


def _names(organisation: Organisation) -> set[str]:
    return {search.fold(name) for name in (organisation.name, *organisation.aliases)}


def _ids(session: Session, column: Any, condition: Any) -> list[int]:
    return list(session.scalars(select(column).where(condition).order_by(column)))


def _point(session: Session, ids: list[int], at: Organisation, to: Organisation) -> None:
    query = update(Affiliation).where(Affiliation.id.in_(ids), Affiliation.organisation_id == at.id)
    session.execute(query.values(organisation_id=to.id))


def _follow(session: Session, ids: list[int], at: Organisation, to: Organisation) -> None:
    query = update(Organisation).where(Organisation.id.in_(ids), Organisation.merged_into_id == at.id)
    session.execute(query.values(merged_into_id=to.id))
