"""Turns: who does the same thing at the same moment as somebody else waits, and then sees what the other did."""

import hashlib

from sqlalchemy import func, select

from permille.foundation.database import Session


def take_turn(session: Session, *what: object) -> None:
    """Wait until nobody else is at `what`; it is ours until the transaction ends (1 statement on PostgreSQL).

    SQLite lets only one write at a time anyhow. What was read before must be read again afterwards.
    """
    if session.get_bind().dialect.name == "postgresql":
        name = hashlib.sha256(repr(what).encode()).digest()
        session.execute(select(func.pg_advisory_xact_lock(int.from_bytes(name[:8], signed=True))))
