"""What task forces put on the pages of packages below: memberships and offices on people's pages."""

from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, delete, exists

from permille.foundation.database import Session, db
from permille.foundation.erasure import holds
from permille.foundation.slots import fill
from permille.people.models import Person
from permille.people.models.sessions import privilege
from permille.people.unsent import on_arrival
from permille.taskforces.drafts import adopt_drafts
from permille.taskforces.models import JoinDraft, Mandate, Membership
from permille.taskforces.queries import drafts_of, mandates_of, memberships_of


def fill_slots(app: Flask) -> None:
    """Register the fragments and declare what is held about a person."""
    fill(app, "person", "taskforces/_of_person.html", _of_person)
    fill(app, "mine", "taskforces/_of_person.html", _of_person)
    fill(app, "mine", "taskforces/_drafts.html", _drafts_of)
    on_arrival("drafts", adopt_drafts)
    holds("task forces", _tell, _erase)
    privilege("an office", _holds_office)


def _holds_office(person_id: Any) -> ColumnElement[bool]:
    return exists().where(Mandate.person_id == person_id, Mandate.ended_at.is_(None))


def _of_person(person: Person, **_offered: Any) -> dict[str, Any]:
    return {
        "memberships": memberships_of(db.session, person.id),
        "mandates": mandates_of(db.session, person.id),
    }


def _drafts_of(person: Person, **_offered: Any) -> dict[str, Any]:
    return {"drafts": drafts_of(db.session, person.id)}


def _tell(session: Session, person: Person) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "task force": one.objective.code,
            "role": "team member",
            "contribution": one.contribution,
            "joined": one.created_at.isoformat(),
        }
        for one in memberships_of(session, person.id)
    ]
    rows += [
        {
            "task force": one.objective.code,
            "role": one.office,
            "region": one.region,
            "since": one.created_at.isoformat(),
        }
        for one in mandates_of(session, person.id)
    ]
    return rows


def _erase(session: Session, person: Person) -> None:
    for model in (Membership, Mandate, JoinDraft):
        session.execute(delete(model).where(model.person_id == person.id))
