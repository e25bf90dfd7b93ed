"""The transactional outbox: a mail is a row in the transaction of the change that caused it.

A worker claims one row at a time under a lease, delivers outside any transaction, then marks it
done. A worker that dies leaves the row to the next one: at least once, never lost.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Engine, ForeignKey, Index, Row, select, update
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.clock import now
from permille.foundation.database import Base, Moment, Session

LEASE = timedelta(minutes=2)
FIRST_PAUSE = timedelta(seconds=20)
LONGEST_PAUSE = timedelta(hours=2)
MOST_ATTEMPTS = 12

Deliver = Callable[[str, str, dict[str, Any]], None]


class Undeliverable(Exception):
    """The other side refused for good; trying again would not help."""


class Deferred(Exception):
    """The other side refused for now, in the words it gives; it is tried again later."""


def _unlocked() -> datetime:
    return now() - timedelta(days=1)


class Job(Base):
    """Something to deliver once its transaction has been committed."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "done_at", "failed_at", "run_at"),)

    key: Mapped[str] = mapped_column(unique=True, default=lambda: secrets.token_hex(16))
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    run_at: Mapped[datetime] = mapped_column(Moment, default=now)
    locked_until: Mapped[datetime] = mapped_column(Moment, default=_unlocked)
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    error: Mapped[str | None]


def post(session: Session, kind: str, payload: dict[str, Any], person_id: int | None = None) -> Job:
    """Put something in the outbox; it leaves when the caller's transaction is committed."""
    job = Job(kind=kind, payload=payload, person_id=person_id)
    session.add(job)
    return job


def work_once(engine: Engine, deliver: Deliver) -> bool:
    """Claim one due row and deliver it; return False when nothing was due."""
    job = _claim(engine)
    if job is None:
        return False
    try:
        deliver(job.kind, job.key, job.payload)
    except Exception as error:  # noqa: BLE001, RUF100 (whatever the other side throws is a failed attempt)
        _put_back(engine, job, error)
    else:
        _set(engine, job.id, done_at=now(), error=None, payload={})
    return True


def _claim(engine: Engine) -> Row[Any] | None:
    due = (
        select(Job.id)
        .where(Job.done_at.is_(None), Job.failed_at.is_(None), Job.run_at <= now(), Job.locked_until < now())
        .order_by(Job.run_at, Job.id)
        .limit(1)
    )
    claim = (
        update(Job)
        .where(Job.id == due.with_for_update(skip_locked=True).scalar_subquery())
        .values(locked_until=now() + LEASE, attempts=Job.attempts + 1)
        .returning(Job.id, Job.key, Job.kind, Job.payload, Job.attempts)
    )
    with engine.connect() as look:  # a look first, so that an idle worker never takes the write lock
        if look.execution_options(read_only=True).execute(select(due.exists())).scalar() is not True:
            return None
    with engine.begin() as connection:
        return connection.execute(claim).one_or_none()


def _put_back(engine: Engine, job: Row[Any], error: Exception) -> None:
    text = f"{type(error).__name__}: {error}"[:200]
    if isinstance(error, Undeliverable) or job.attempts >= MOST_ATTEMPTS:
        _set(engine, job.id, failed_at=now(), error=text)
        return
    pause = min(FIRST_PAUSE * 2 ** (job.attempts - 1), LONGEST_PAUSE)
    _set(engine, job.id, run_at=now() + pause, locked_until=_unlocked(), error=text)


def _set(engine: Engine, job_id: int, **values: Any) -> None:
    with engine.begin() as connection:
        connection.execute(update(Job).where(Job.id == job_id).values(**values))


def resend(job: Job) -> None:
    """Let a mail that could not be delivered try again from the start."""
    job.failed_at, job.attempts, job.error, job.run_at = None, 0, None, now()
    job.locked_until = _unlocked()
