"""Limits, counted exactly in the database so that they hold for all workers together."""

import ipaddress
import math
from dataclasses import dataclass
from datetime import timedelta

from flask import request
from sqlalchemy import BigInteger, String, UniqueConstraint, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from permille.foundation.clock import now
from permille.foundation.database import Base, Session, db


class LimitCount(Base):
    """How often something happened in one slot of time."""

    __tablename__ = "limit_count"
    __table_args__ = (UniqueConstraint("key", "slot"),)

    key: Mapped[str] = mapped_column(String(120))
    slot: Mapped[int] = mapped_column(BigInteger)
    n: Mapped[int]


@dataclass(frozen=True)
class Limit:
    """At most `most` times per `per` for one key."""

    name: str
    most: int
    per: timedelta


def reached(session: Session, limit: Limit, key: str) -> bool:
    """Count one attempt and tell whether it is one too many (1 statement, committed at once).

    Committed before the work, so that a later rollback cannot forget the attempt.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    slot = math.floor(now().timestamp() / limit.per.total_seconds())
    row = insert(LimitCount).values(key=f"{limit.name}:{key}"[:120], slot=slot, n=1, created_at=now())
    row = row.on_conflict_do_update(index_elements=["key", "slot"], set_={"n": LimitCount.n + 1})
    count = session.execute(row.returning(LimitCount.n)).scalar_one()
    session.commit()
    return count > limit.most


def hold(limit: Limit, key: str) -> None:
    """Stop with 429 when a limit is reached; the page says when to try again."""
    if reached(db.session, limit, key):
        raise TooManyRequests(retry_after=int(limit.per.total_seconds()))


def address() -> str:
    """Return where the request comes from: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if ip.version == 4:
        return str(ip)
    return str(ipaddress.ip_network(f"{ip}/64", strict=False))


def forget_old_counts(session: Session) -> None:
    """Drop counts older than two days; the worker asks for it."""
    session.execute(delete(LimitCount).where(LimitCount.created_at < now() - timedelta(days=2)))
