"""What task forces put on the pages of packages below: memberships and offices on people's pages."""

from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, exists

from permille.foundation.database import db
from permille.foundation.slots import fill
from permille.people.models import Person
from permille.people.models.sessions import privilege
from permille.people.unsent import on_arrival
from permille.taskforces import holdings
from permille.taskforces.chips import chips_of
from permille.taskforces.drafts import adopt_drafts
from permille.taskforces.models import Mandate
from permille.taskforces.queries import drafts_of, mandates_of, memberships_of
from permille.taskforces.words import office_name


def fill_slots(app: Flask) -> None:
    """Register the fragments and the names of offices, and declare what is held about a person."""
    app.jinja_env.globals.update(office_name=office_name, offices_of=_offices_of)
    fill(app, "person", "taskforces/_of_person.html", _of_somebody)
    fill(app, "mine", "taskforces/_of_person.html", _of_mine)
    fill(app, "mine", "taskforces/_drafts.html", _drafts_of)
    on_arrival("drafts", adopt_drafts)
    holdings.declare()
    privilege("an office", _holds_office)


def _holds_office(person_id: Any) -> ColumnElement[bool]:
    return exists().where(Mandate.person_id == person_id, Mandate.ended_at.is_(None))


def _of_somebody(person: Person, **_offered: Any) -> dict[str, Any]:
    return {
        "memberships": memberships_of(db.session, person.id),
        "mandates": mandates_of(db.session, person.id),
        "who": person.name,
    }


def _of_mine(person: Person, **_offered: Any) -> dict[str, Any]:
    return {
        "memberships": memberships_of(db.session, person.id, suspended=True),
        "mandates": mandates_of(db.session, person.id),
        "who": "",
    }


def _offices_of(people: list[Person]) -> dict[int, Any]:
    return chips_of(db.session, [one.id for one in people])


def _drafts_of(person: Person, **_offered: Any) -> dict[str, Any]:
    return {"drafts": drafts_of(db.session, person.id)}
