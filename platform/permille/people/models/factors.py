"""A second step: an authenticator app, and the codes for the day it is not at hand. Passkeys have their own file."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base


class Authenticator(Base):
    """The app of one person (TOTP, RFC 6238). It counts once it has shown a right code: `last_step` is not 0 then."""

    __tablename__ = "authenticator"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    sealed: Mapped[str] = mapped_column(String(300))
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class RecoveryCode(Base):
    """A code that opens once in place of app or passkey; only its digest is kept."""

    __tablename__ = "recovery_code"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    used_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Steps:
    """What a person can show as their second step, beside recovery codes."""

    has_app: bool
    passkeys: int


def code_digest(code: str) -> bytes:
    """Return the SHA-256 of a recovery code, however it was typed."""
    return hashlib.sha256("".join(filter(str.isalnum, code)).lower().encode()).digest()
