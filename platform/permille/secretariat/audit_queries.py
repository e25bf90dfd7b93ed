"""Reading the audit log."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, null, select
from sqlalchemy.orm import raiseload

from permille.consultations.models import Body
from permille.foundation.audit import AuditEntry
from permille.foundation.database import Session
from permille.foundation.languages import language
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Organisation, Person
from permille.secretariat.affiliation_queries import named
from permille.taskforces.models import Membership

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which acts are asked for; what is empty does not narrow. Days are in UTC, both included."""

    action: str = ""
    words: str = ""
    person: int = 0
    about: tuple[str, int] | None = None
    since: date | None = None
    until: date | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what an entry must meet."""
        found: list[ColumnElement[bool]] = []
        if self.action:
            found.append(AuditEntry.action == self.action)
        if self.words:
            found.append(named(self.words))
        if self.person:
            found.append(AuditEntry.actor_id == self.person)
        if self.about:
            found += [AuditEntry.object_kind == self.about[0], AuditEntry.object_id == self.about[1]]
        if self.since:
            found.append(AuditEntry.created_at >= _midnight(self.since))
        if self.until and self.until < date.max:
            found.append(AuditEntry.created_at < _midnight(self.until + timedelta(days=1)))
        return found


@dataclass(frozen=True)
class Act:
    """An entry with the name of who acted, and what it was done to: a name and where it is shown."""

    entry: AuditEntry
    name: str | None
    subject: str = ""
    page: tuple[str, dict[str, Any]] | None = None


def acts(session: Session, wanted: Wanted, before: int = 0) -> list[Act]:
    """List acts, newest first, with who acted and on what (at most 6 statements)."""
    query = select(AuditEntry, Person.name).outerjoin(Person, Person.id == AuditEntry.actor_id)
    query = query.where(*wanted.conditions(), *([AuditEntry.id < before] if before else []))
    rows: list[Any] = list(
        session.execute(query.options(raiseload("*")).order_by(AuditEntry.id.desc()).limit(PAGE))
    )
    known = _subjects(session, [entry for entry, _name in rows])
    return [Act(entry, name, *_subject(entry, known)) for entry, name in rows]


def kinds_of_acts(session: Session) -> list[str]:
    """List every kind of act the log knows (1 statement)."""
    return list(session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _subject(entry: AuditEntry, known: dict[tuple[str, int], Any]) -> Any:
    if record := entry.details.get("record"):
        kind, _, code = record.partition("/")
        return record, (
            "secretariat.text",
            {"kind": kind, "code": code.lower(), "of": entry.details["language"]},
        )
    return known.get((entry.object_kind, entry.object_id or 0), ("", None))


def _subjects(session: Session, entries: list[AuditEntry]) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    for kind, (query, key) in SUBJECTS.items():
        ids = {entry.object_id for entry in entries if entry.object_kind == kind and entry.object_id}
        for row_id, person_id, name, code in session.execute(query.where(key.in_(ids))) if ids else ():
            said = name.text_in(language()) if isinstance(name, Multilingual) else name
            found[kind, row_id] = (said, _page(kind, row_id, person_id, code))
    return found


def _page(kind: str, row_id: int, person_id: int | None, code: str | None) -> tuple[str, dict[str, Any]]:
    if kind == "organisation":
        return "secretariat.organisation", {"organisation_id": row_id}
    if kind == "body":
        return "consultations.body", {"body_id": row_id}
    if code:
        return "taskforces.page", {"code": code.lower()}
    return "secretariat.person", {"person_id": person_id}


SUBJECTS: dict[str, tuple[Any, Any]] = {
    "person": (select(Person.id, Person.id, Person.name, null()), Person.id),
    "organisation": (select(Organisation.id, null(), Organisation.name, null()), Organisation.id),
    "body": (select(Body.id, null(), Body.name, null()), Body.id),
    "affiliation": (
        select(Affiliation.id, Person.id, Person.name + " · " + Organisation.name, null())
        .join(Affiliation.person)
        .join(Affiliation.organisation),
        Affiliation.id,
    ),
    "membership": (
        select(Membership.id, Person.id, Person.name + " · " + Objective.code, Objective.code)
        .join(Membership.person)
        .join(Membership.objective),
        Membership.id,
    ),
}
"""By kind of record: its id, the person it is about, what it is called, and the task force it belongs to."""
