"""Passkeys (WebAuthn): what is known of each, and the question a browser is asked before it shows one."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base

LIFE = timedelta(minutes=5)
LONGEST_NAME = 60
LONGEST_ID = 1023
"""Bytes, by the standard."""


class Passkey(Base):
    """One passkey of a person: the public half, and the name they gave it. It counts from the day it is there."""

    __tablename__ = "passkey"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(LONGEST_ID), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    handle: Mapped[bytes] = mapped_column(LargeBinary(64))
    """By what the device knows the account: random, the same for all passkeys of a person."""
    transports: Mapped[list[str]] = mapped_column(JSON, default=list)
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    used_at: Mapped[datetime | None]


class Ceremony(StrEnum):
    """What a browser is asked for."""

    ADDING = "adding"
    SHOWING = "showing"


class Challenge(Base):
    """What the next answer of one session must sign: once, and within minutes."""

    __tablename__ = "passkey_challenge"

    session_id: Mapped[int] = mapped_column(ForeignKey("signed_in.id", ondelete="CASCADE"), unique=True)
    ceremony: Mapped[Ceremony] = mapped_column(String(20))
    value: Mapped[bytes] = mapped_column(LargeBinary(64))
    handle: Mapped[bytes | None] = mapped_column(LargeBinary(64))
