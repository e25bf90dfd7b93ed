"""The chain of the audit log: sealed when a transaction is committed, and walked to find what was tampered with.

An entry's digest covers the digest before it and all that it says; of who acted only a salted digest,
so that a person can be forgotten and the chain still holds.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import delete, event, select, update
from sqlalchemy import orm as sqlalchemy_orm

from permille.foundation.audit import UNSEALED, AuditEntry, AuditHead
from permille.foundation.database import Session

ONLY = 1
AT_ONCE = 10_000


def seal_of_actor(salt: str, actor_id: int | None) -> str:
    """Return what stands in the chain for who acted."""
    return hashlib.sha256(f"{salt}:{actor_id}".encode()).hexdigest()


def digest_of_entry(before: str, entry: Any) -> str:
    """Return the digest of an entry that follows the digest `before`."""
    said = [entry.id, f"{entry.created_at:%Y-%m-%dT%H:%M:%S.%f}", entry.actor_seal]
    said += [entry.action, entry.object_kind, entry.object_id, entry.details]
    plain = json.dumps([before, *said], sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def broken_chain(session: Session) -> Iterator[str]:
    """Yield what does not fit in the log (2 statements, all entries): walked from its head back to its beginning."""
    ends = session.execute(select(AuditHead.beginning, AuditHead.digest).where(AuditHead.id == ONLY)).one()
    rows = session.execute(select(AuditEntry.__table__)).all()
    for row in rows:
        yield from _flaws(row)
    entries = {row.digest: row for row in rows}
    linked, at = set(), ends.digest
    while at != ends.beginning and at in entries and at not in linked:
        linked.add(at)
        at = entries[at].before
    if at != ends.beginning:
        yield "an entry is missing: the chain does not lead back to its beginning"
    loose = sorted(row.id for row in rows if row.digest not in linked)
    if loose:
        yield f"the chain does not lead to {len(loose)} entries, entry {loose[0]} is one"


def forget_old_acts(session: Session, until: datetime) -> None:
    """Take the entries written before a moment away, from the beginning of the chain on (4 statements)."""
    at = session.scalar(select(AuditHead.beginning).where(AuditHead.id == ONLY).with_for_update()) or ""
    columns = (AuditEntry.before, AuditEntry.digest, AuditEntry.id)
    old = {row.before: row for row in session.execute(select(*columns).where(AuditEntry.created_at < until))}
    gone: list[int] = []
    while at in old and len(gone) < AT_ONCE:
        gone.append(old[at].id)
        at = old[at].digest
    if gone:
        untouched = {"synchronize_session": False}
        session.execute(delete(AuditEntry).where(AuditEntry.id.in_(gone)), execution_options=untouched)
        session.execute(
            update(AuditHead).where(AuditHead.id == ONLY).values(beginning=at), execution_options=untouched
        )


def _flaws(row: Any) -> Iterator[str]:
    if row.digest is None or row.digest != digest_of_entry(row.before or "", row):
        yield f"entry {row.id} is not what was written"
    elif row.actor_id is not None and row.actor_seal != seal_of_actor(row.salt, row.actor_id):
        yield f"entry {row.id} names another person than was written"


def _seal(session: sqlalchemy_orm.Session) -> None:
    # Before the site's revision is counted, in every transaction alike: two can never wait for each other.
    if (
        session.in_nested_transaction()
    ):  # a savepoint keeps nothing by itself, nor does it undo what came before
        return
    entries = [one for one in session.info.pop(UNSEALED, []) if one in session]
    if not entries:
        return
    session.flush()
    before = session.scalar(select(AuditHead.digest).where(AuditHead.id == ONLY).with_for_update()) or ""
    for entry in sorted(entries, key=lambda one: one.id):
        entry.actor_seal, entry.before = seal_of_actor(entry.salt, entry.actor_id), before
        before = entry.digest = digest_of_entry(before, entry)
    session.flush()
    session.execute(
        update(AuditHead).where(AuditHead.id == ONLY).values(digest=before),
        execution_options={"synchronize_session": False},
    )


def _forget(session: sqlalchemy_orm.Session, _previous: Any = None) -> None:
    if not session.in_nested_transaction():
        session.info.pop(UNSEALED, None)


event.listen(sqlalchemy_orm.Session, "before_commit", _seal, insert=True)
event.listen(sqlalchemy_orm.Session, "after_rollback", _forget)
