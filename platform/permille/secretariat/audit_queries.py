"""Reading the audit log."""

from sqlalchemy import Row, select
from sqlalchemy.orm import raiseload

from permille.foundation.audit import AuditEntry
from permille.foundation.database import Session
from permille.people.models import Person

PAGE = 50


def audit_entries(
    session: Session,
    *,
    action: str = "",
    person_id: int = 0,
    about: tuple[str, int] | None = None,
    before: int = 0,
) -> list[Row[tuple[AuditEntry, str | None]]]:
    """List acts, newest first, with the name of who acted (1 statement).

    Narrowed to one kind of act, to the acts of one person, or to those about one record `(kind, id)`.
    """
    query = select(AuditEntry, Person.name).outerjoin(Person, Person.id == AuditEntry.actor_id)
    if action:
        query = query.where(AuditEntry.action == action)
    if person_id:
        query = query.where(AuditEntry.actor_id == person_id)
    if about:
        query = query.where(AuditEntry.object_kind == about[0], AuditEntry.object_id == about[1])
    if before:
        query = query.where(AuditEntry.id < before)
    return list(session.execute(query.options(raiseload("*")).order_by(AuditEntry.id.desc()).limit(PAGE)))


def kinds_of_acts(session: Session) -> list[str]:
    """List every kind of act the log knows (1 statement)."""
    return list(session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))
