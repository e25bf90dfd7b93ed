"""The record of a vacancy: everything from its call to its end, entry by entry, never changed.

Each entry's digest covers the one before, and what was said and who acted only as salted seals: a text
that must be erased can go, and somebody can be forgotten, while the chain still holds. What was wrong is
corrected by a further entry.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, raiseload

from permille.foundation.clock import now
from permille.foundation.database import Base, Session, held
from permille.people.models import Person
from permille.vacancies.models import Application, Vacancy


class RecordEntry(Base):
    """One thing that happened to a vacancy. `said` is none once it had to be erased."""

    __tablename__ = "record_entry"
    __table_args__ = (UniqueConstraint("vacancy_id", "number"),)

    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id"))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(40))
    said: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    salt: Mapped[str] = mapped_column(String(32))
    said_seal: Mapped[str] = mapped_column(String(64))
    actor_seal: Mapped[str] = mapped_column(String(64))
    subject_seal: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


def hold_vacancy(session: Session, vacancy_id: int) -> Vacancy | None:
    """Return a vacancy and keep everybody else from changing it until the transaction ends (1 statement)."""
    return session.scalar(held(select(Vacancy).where(Vacancy.id == vacancy_id), Vacancy))


def hold_with_seat(session: Session, vacancy_id: int) -> Vacancy | None:
    """Do the same, with the task force and the mandate it renews, for the worker's rounds (1 statement)."""
    known = (joinedload(Vacancy.objective), joinedload(Vacancy.renews), raiseload("*"))
    return session.scalar(held(select(Vacancy).where(Vacancy.id == vacancy_id).options(*known), Vacancy))


def hold_vacancies_of(session: Session, person_id: int) -> None:
    """Hold every vacancy a person has written an application for, before anything of theirs (1 statement)."""
    theirs = select(Application.vacancy_id).where(Application.person_id == person_id)
    session.scalars(held(select(Vacancy).where(Vacancy.id.in_(theirs)).order_by(Vacancy.id), Vacancy)).all()


def note(
    session: Session,
    vacancy: Vacancy,
    actor: Person | None,
    act: str,
    subject: Person | None = None,
    **said: Any,
) -> RecordEntry:
    """Add an entry: who did what, about whom, and what was said. The caller holds the vacancy, and commits."""
    session.flush()
    entry = add_entry(session, vacancy, actor, act, subject, said)
    session.flush()
    return entry


def add_entry(
    session: Session, vacancy: Vacancy, actor: Person | None, act: str, subject: Person | None, said: Any
) -> RecordEntry:
    """Add an entry as `note` does, without writing it yet: for many at once, about people who have their ids."""
    salt = secrets.token_hex(16)
    entry = RecordEntry(
        vacancy_id=vacancy.id,
        number=vacancy.entries + 1,
        created_at=now(),
        act=act,
        said=said,
        actor_id=actor.id if actor else None,
        subject_id=subject.id if subject else None,
        salt=salt,
        said_seal=seal(salt, "said", said),
        actor_seal=seal(salt, "actor", actor.id if actor else None),
        subject_seal=seal(salt, "subject", subject.id if subject else None),
        digest="",
    )
    entry.digest = digest_of(vacancy.seal, entry)
    vacancy.entries, vacancy.seal = entry.number, entry.digest
    session.add(entry)
    return entry


def seal(salt: str, what: str, value: Any) -> str:
    """Return the salted digest that stands in the chain for a value."""
    plain = json.dumps([salt, what, value], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def digest_of(before: str, entry: Any) -> str:
    """Return the digest of an entry that follows the digest `before`."""
    when = f"{entry.created_at:%Y-%m-%dT%H:%M:%S.%f}"
    seals = (entry.said_seal, entry.actor_seal, entry.subject_seal)
    plain = json.dumps([before, entry.vacancy_id, entry.number, when, entry.act, *seals], ensure_ascii=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def why_given_up(session: Session, vacancy: Vacancy) -> str:
    """Return the reason with which a vacancy was ended without a holder (1 statement)."""
    query = select(RecordEntry.said).where(
        RecordEntry.vacancy_id == vacancy.id, RecordEntry.act == "vacancy.given_up"
    )
    return str((session.scalar(query.order_by(RecordEntry.number.desc()).limit(1)) or {}).get("reason", ""))


def entries_of(session: Session, vacancy_id: int) -> list[RecordEntry]:
    """List the entries of a vacancy, oldest first (1 statement)."""
    query = select(RecordEntry).where(RecordEntry.vacancy_id == vacancy_id)
    return list(session.scalars(query.order_by(RecordEntry.number)))


def broken_records(session: Session, vacancy_id: int = 0) -> Iterator[str]:
    """Yield what does not fit in the records, of all vacancies or of one (2 statements)."""
    heads = select(Vacancy.id, Vacancy.entries, Vacancy.seal)
    chains = select(RecordEntry).order_by(RecordEntry.vacancy_id, RecordEntry.number)
    if vacancy_id:
        heads, chains = (
            heads.where(Vacancy.id == vacancy_id),
            chains.where(RecordEntry.vacancy_id == vacancy_id),
        )
    found: dict[int, list[RecordEntry]] = {}
    for entry in session.scalars(chains.execution_options(populate_existing=True)):
        found.setdefault(entry.vacancy_id, []).append(entry)
    for one in session.execute(heads):
        before = ""
        for number, entry in enumerate(found.get(one.id, []), start=1):
            if entry.number != number or entry.digest != digest_of(before, entry) or not _is_as_said(entry):
                yield f"vacancy {one.id}: entry {number} is not what was written"
                break
            before = entry.digest
        else:
            if (len(found.get(one.id, [])), before) != (one.entries, one.seal):
                yield f"vacancy {one.id}: an entry is missing"


def _is_as_said(entry: RecordEntry) -> bool:
    return (
        (entry.said is None or entry.said_seal == seal(entry.salt, "said", entry.said))
        and (entry.actor_id is None or entry.actor_seal == seal(entry.salt, "actor", entry.actor_id))
        and (entry.subject_id is None or entry.subject_seal == seal(entry.salt, "subject", entry.subject_id))
    )
