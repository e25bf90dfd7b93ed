"""Links sent by mail: bound to one purpose, used once, expiring; only the digest is stored."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from permille.foundation.clock import now
from permille.foundation.database import Base
from permille.people.models.persons import Person
from permille.people.models.sessions import digest_of


class Purpose(StrEnum):
    """What a link is for; it opens nothing else."""

    CONFIRM = "confirm"
    SIGN_IN = "sign_in"
    RESET = "reset"
    CHANGE_ADDRESS = "change_address"
    INVITATION = "invitation"
    JOIN = "join"
    WATCH = "watch"
    CONSULTATION = "consultation"


LIFE = {
    Purpose.CONFIRM: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.RESET: timedelta(minutes=60),
    Purpose.CHANGE_ADDRESS: timedelta(hours=24),
    Purpose.INVITATION: timedelta(days=10),
    Purpose.JOIN: timedelta(days=7),
    Purpose.WATCH: timedelta(days=7),
    Purpose.CONSULTATION: timedelta(days=60),
}
"""How long each works, where nothing else is said.

A join waits for a week, for those who read mail seldom; it opens no account there is. A link to answer in a
consultation lives as long as answers to that one are taken.
"""


class MailedLink(Base):
    """A link in somebody's mail. `payload` keeps what the link will do, such as a pending join."""

    __tablename__ = "mailed_link"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    purpose: Mapped[Purpose] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(String(8), default="en")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    bound_to: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    code_digest: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    code_tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()

    @classmethod
    def write(
        cls, purpose: Purpose, email: str, language: str, person: Person | None = None, *,
        until: datetime | None = None, **payload: Any,
    ) -> tuple["MailedLink", str]:  # fmt: skip
        """Return a new link and its token (256 bits), which only the mail will know; `until` is when it expires."""
        token = secrets.token_urlsafe(32)
        link = cls(
            digest=digest_of(token),
            purpose=purpose,
            email=email,
            language=language,
            person=person,
            payload=payload,
            expires_at=until or now() + LIFE[purpose],
        )
        return link, token

    @property
    def is_usable(self) -> bool:
        """Whether it has been neither used nor expired."""
        return self.used_at is None and self.expires_at > now()

    def use(self) -> None:
        """Spend the link and forget what it carried."""
        self.used_at, self.payload = now(), {}
