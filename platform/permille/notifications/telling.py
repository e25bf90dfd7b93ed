"""Telling somebody what happened, in the transaction of the change."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from permille.foundation import mail
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.erasure import holds
from permille.foundation.links import absolute, link
from permille.foundation.outbox import Job
from permille.notifications.kinds import KINDS
from permille.notifications.models import Notification, Told

KEPT_READ = timedelta(days=180)
KEPT = timedelta(days=2 * 365)


def tell(
    session: Session, person: Told, kind: str, page: str, /, values: Any = None, *, reply_to: str = "", **facts: Any
) -> Job:  # fmt: skip
    """Tell a person something on their page and by mail, in their language and zone. Returns the mail; the caller commits.

    `kind` is one that was declared and names the mail's template too; `page` and `values` name the page that
    shows more. The notification keeps those of `facts` that its sentence names: names, dates and codes that
    stay true. The mail is given all of them; `reply_to` is where an answer to it goes.
    """
    kept = {name: str(facts[name]) for name in KINDS[kind].facts}
    session.add(Notification(person_id=person.id, kind=kind, facts=kept, page=page, values=values or {}))
    _count(session, person, type(person).unread + 1)
    address = absolute(link(page, lang=person.language, **(values or {})))
    facts |= {"name": person.name, "page": address}
    return mail.send(
        session, person.email, person.language, kind,
        person_id=person.id, zone=person.zone, reply_to=reply_to, **facts,
    )  # fmt: skip


def read_until(session: Session, person: Told, last: int) -> None:
    """Mark everything up to a notification as read (3 statements). The caller commits."""
    # Held first: what is told meanwhile waits, and is counted.
    session.execute(select(type(person).id).where(type(person).id == person.id).with_for_update())
    unread = (Notification.person_id == person.id, Notification.read_at.is_(None))
    session.execute(
        update(Notification).where(*unread, Notification.id <= last).values(read_at=now()),
        execution_options={"synchronize_session": False},
    )
    _count(session, person, select(func.count()).select_from(Notification).where(*unread).scalar_subquery())


def _count(session: Session, person: Told, count: Any) -> None:
    # A statement of its own: the number is nobody else's business, so no public page grows old by it.
    session.flush()
    session.execute(
        update(type(person)).where(type(person).id == person.id).values(unread=count),
        execution_options={"synchronize_session": False},
    )


def forget_old(session: Session) -> None:
    """Drop what was read long ago, and what nobody has read for longer. The worker asks for it."""
    present = now()
    for old in (Notification.read_at < present - KEPT_READ, Notification.created_at < present - KEPT):
        session.execute(delete(Notification).where(old), execution_options={"synchronize_session": False})


def _hold(session: Session, person: Told) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Notification).where(Notification.person_id == person.id).order_by(Notification.id)
    )
    return [
        {"kind": one.kind, "when": one.created_at.isoformat(), **one.facts, "read": one.read_at is not None}
        for one in rows
    ]


def _erase(session: Session, person: Told) -> None:
    session.execute(delete(Notification).where(Notification.person_id == person.id))


holds("notifications", _hold, _erase, "notification.person_id")
