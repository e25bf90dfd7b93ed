"""Sign-in sessions as rows: deleting the row ends every copy of the cookie."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, LargeBinary, String, and_, exists, false, or_
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.people.models.persons import Person, Role

IDLE = timedelta(days=14)
ABSOLUTE = timedelta(days=30)
PRIVILEGED_IDLE = timedelta(hours=2)
PRIVILEGED_ABSOLUTE = timedelta(hours=12)
WAITS = timedelta(minutes=10)
FRESH = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=10)


class SignedIn(Base):
    """One sign-in on one device. The cookie holds a token, the row only its digest."""

    __tablename__ = "signed_in"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    device: Mapped[str] = mapped_column(String(200), default="")
    waits: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the second step is still to be shown; until then the session opens nothing."""
    proved_at: Mapped[datetime | None] = mapped_column(default=now)
    """When its owner last showed who they are."""

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def open(cls, person: Person, device: str) -> tuple["SignedIn", str]:
        """Return a new session and the token for its cookie (256 bits)."""
        token = secrets.token_urlsafe(32)
        return cls(digest=digest_of(token), person=person, device=device[:200]), token

    def renew(self) -> str:
        """Give the session another token, and return it: a copy of the cookie from before opens nothing."""
        token = secrets.token_urlsafe(32)
        self.digest = digest_of(token)
        return token

    def has_expired(self, *, privileged: bool) -> bool:
        """Tell whether it was idle for too long or open for too long; the privileged have less time."""
        idle = PRIVILEGED_IDLE if privileged else IDLE
        absolute = PRIVILEGED_ABSOLUTE if privileged else ABSOLUTE
        if self.waits:
            return now() - self.created_at > WAITS
        return now() - self.seen_at > idle or now() - self.created_at > absolute

    @property
    def is_fresh(self) -> bool:
        """Whether its owner has shown who they are only just now."""
        return now() - (self.proved_at or self.created_at) <= FRESH

    @classmethod
    def privileged(cls) -> ColumnElement[bool]:
        """Ask whether the person of a session has more rights than everyone."""
        return has_more_rights(cls.person_id)

    @classmethod
    def expired(cls) -> ColumnElement[bool]:
        """Ask whether a session opens nothing any more."""
        return or_(
            and_(cls.waits, cls.created_at < now() - WAITS),
            cls._is_older_than(IDLE, ABSOLUTE),
            and_(cls.privileged(), cls._is_older_than(PRIVILEGED_IDLE, PRIVILEGED_ABSOLUTE)),
        )

    @classmethod
    def _is_older_than(cls, idle: timedelta, absolute: timedelta) -> ColumnElement[bool]:
        return or_(cls.seen_at < now() - idle, cls.created_at < now() - absolute)


_privileges: dict[str, Callable[[Any], ColumnElement[bool]]] = {}


def privilege(name: str, condition: Callable[[Any], ColumnElement[bool]]) -> None:
    """Declare what else makes somebody privileged: `condition(person_id)` is asked with every session."""
    _privileges[name] = condition


def has_more_rights(person_id: Any) -> ColumnElement[bool]:
    """Ask whether a person has more rights than everyone: a role, or what packages above name."""
    who = aliased(Person)
    role = exists().where(who.id == person_id, who.role != Role.PERSON)
    return or_(role, *(condition(person_id) for condition in _privileges.values()))


def digest_of(token: str) -> bytes:
    """Return the SHA-256 of a token: what the database may know of it."""
    return hashlib.sha256(token.encode()).digest()
