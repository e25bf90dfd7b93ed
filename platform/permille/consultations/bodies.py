"""The list of bodies that consultations ask: kept once by the Secretariat, instead of typed for every seat."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from permille.consultations.models import Body
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.foundation.multilingual import Multilingual
from permille.people.models import Person


class AddressTaken(ValueError):
    """Another body in use has this address; it would be asked for one of the two only."""


class NoAddress(ValueError):
    """The body has no address any more: it was deleted with an account."""


def all_bodies(session: Session) -> list[Body]:
    """List every body, also the retired ones (1 statement)."""
    return list(session.scalars(select(Body).order_by(Body.id)))


def bodies_in_use(session: Session) -> list[Body]:
    """List the bodies a consultation asks (1 statement)."""
    return list(session.scalars(select(Body).where(Body.retired_at.is_(None)).order_by(Body.id)))


def are_kept(session: Session) -> bool:
    """Tell whether there is any body to ask (1 statement)."""
    return session.scalar(select(Body.id).where(Body.retired_at.is_(None)).limit(1)) is not None


def body_by_id(session: Session, body_id: int) -> Body | None:
    """Find a body, held until the transaction ends if it is to be changed (1 statement)."""
    return session.scalar(held(select(Body).where(Body.id == body_id), Body))


def add(session: Session, by: Person, name: Multilingual, email: str, lang: str) -> Body:
    """Add a body. The caller commits. Raises `AddressTaken`."""
    body = Body()
    _write(session, body, name=name, email=email, language=lang)
    audit.record(session, by, "body.added", body)
    return body


def change(session: Session, by: Person, body: Body, name: Multilingual, email: str, lang: str) -> None:
    """Change a body; lists it is on already stay as they are. The caller commits. Raises `AddressTaken`."""
    wanted = {"name": name, "email": email, "language": lang}
    parts = [part for part, value in wanted.items() if getattr(body, part) != value]
    if not parts:
        return
    _write(session, body, **wanted)
    audit.record(session, by, "body.changed", body, parts=parts)


def retire(session: Session, by: Person, body: Body) -> None:
    """Let a body be asked no more from now on. The caller commits."""
    if body.retired_at is None:
        body.retired_at = now()
        audit.record(session, by, "body.retired", body)


def use_again(session: Session, by: Person, body: Body) -> None:
    """Take a retired body back into use. The caller commits. Raises `NoAddress` and `AddressTaken`."""
    if body.retired_at is None:
        return
    if body.email is None:
        raise NoAddress
    _write(session, body, retired_at=None)
    audit.record(session, by, "body.used_again", body)


def _write(session: Session, body: Body, **values: Any) -> None:
    try:
        with session.begin_nested():
            for part, value in values.items():
                setattr(body, part, value)
            session.add(body)
    except IntegrityError:  # the index lets one body in use have an address, also when two come at once
        raise AddressTaken from None
