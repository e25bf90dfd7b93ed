"""Limits, counted exactly in the database so that they hold for all workers together."""

import hashlib
import hmac
import ipaddress
import math
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from flask import Flask, current_app, request
from sqlalchemy import BigInteger, String, UniqueConstraint, delete, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from permille.foundation.clock import now
from permille.foundation.config import BadSetting
from permille.foundation.database import Base, Session, db

MINUTE = timedelta(minutes=1)
LONGEST = timedelta(days=30)
"""No limit may run for longer: counts are kept for as long as one may need them."""

NAMES: set[str] = set()
"""Every limit there is, so that a setting cannot name one that is none."""

MOST_READERS = 20_000
"""Readers counted at once in a process; beyond, counting begins anew."""


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

    def __post_init__(self) -> None:
        if self.per > LONGEST:
            raise ValueError(f"the limit {self.name} outlives its counts")
        NAMES.add(self.name)

    @property
    def slot(self) -> int:
        """The number of the present slot of time."""
        return math.floor(now().timestamp() / self.per.total_seconds())

    @property
    def rest(self) -> int:
        """How many seconds the present slot still lasts, at least 1."""
        length = self.per.total_seconds()
        return max(1, math.ceil((self.slot + 1) * length - now().timestamp()))


def check_limits(app: Flask) -> None:
    """Refuse settings that name a limit nobody counts; every module with one is loaded. Raises `BadSetting`."""
    unknown = sorted(app.config["LIMITS"].keys() - NAMES)
    if unknown:
        raise BadSetting(f"PERMILLE_LIMITS names {', '.join(unknown)}; there are {', '.join(sorted(NAMES))}")


def reached(session: Session, limit: Limit, key: str) -> bool:
    """Count one attempt and tell whether it is one too many (1 statement, committed at once).

    Committed before the work, so that a later rollback cannot forget the attempt.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(LimitCount).values(key=_kept_key(limit, key), slot=limit.slot, n=1, created_at=now())
    row = row.on_conflict_do_update(index_elements=["key", "slot"], set_={"n": LimitCount.n + 1})
    count = session.execute(row.returning(LimitCount.n)).scalar_one()
    session.commit()
    return count > _most(limit)


def take_back(session: Session, limit: Limit, key: str) -> None:
    """Uncount an attempt that turned out to be right (1 statement); the caller commits."""
    counted = LimitCount.key == _kept_key(limit, key), LimitCount.slot == limit.slot
    session.execute(update(LimitCount).where(*counted, LimitCount.n > 0).values(n=LimitCount.n - 1))


def _kept_key(limit: Limit, key: str) -> str:
    # An address is counted without being kept: without the signing key nobody can tell whose count it is.
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return f"{limit.name}:{hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()}"


def _most(limit: Limit) -> int:
    return int(current_app.config.get("LIMITS", {}).get(limit.name, limit.most))


def hold(limit: Limit, key: str) -> None:
    """Stop with 429 when a limit is reached; the page says when to try again."""
    if reached(db.session, limit, key):
        raise TooManyRequests(retry_after=limit.rest)


class Readings:
    """Counts of reading, in the memory of this process, so that reading writes nothing."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._slot = 0
        self._lock = Lock()

    def reached(self, limit: Limit, key: str, most: int) -> bool:
        """Count one reading and tell whether it is one too many in this slot of time."""
        slot = limit.slot
        with self._lock:
            if slot != self._slot or len(self._counts) > MOST_READERS:
                self._counts.clear()
                self._slot = slot
            self._counts[limit.name, key] += 1
            return self._counts[limit.name, key] > most


def hold_reading(limit: Limit, key: str) -> None:
    """Stop with 429 when somebody reads too fast; all limits of reading share one length of time."""
    readings: Readings = current_app.extensions.setdefault("readings", Readings())
    if readings.reached(limit, key, _most(limit)):
        raise TooManyRequests(retry_after=limit.rest)


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
    """Drop counts no limit asks for any more; the worker asks for it."""
    session.execute(delete(LimitCount).where(LimitCount.created_at < now() - LONGEST))
