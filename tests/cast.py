"""The cast: the named people of the demonstration every test may rely on."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Person

ACCOUNTS = (
    "secretary",
    "second-secretary",
    "leader",
    "representative",
    "member",
    "partner",
    "newcomer",
    "funder",
)


@dataclass(frozen=True)
class Cast:
    """E-mail addresses and ids by part."""

    ids: dict[str, int]

    def email(self, part: str) -> str:
        assert part in ACCOUNTS
        return f"{part}@demo.example"

    def id(self, part: str) -> int:
        return self.ids[part]


def gather(app: Flask) -> Cast:
    """Find the cast in the demonstration data."""
    with app.app_context():
        rows = db.session.execute(
            select(Person.email, Person.id).where(
                Person.email.in_([f"{part}@demo.example" for part in ACCOUNTS])
            )
        )
        found = {email.partition("@")[0]: row_id for email, row_id in rows}
    assert set(found) == set(ACCOUNTS)
    return Cast(found)


def change_row(app: Flask, model: Any, row_id: int, **values: Any) -> None:
    """Give a row other values, as somebody else would meanwhile."""
    with app.app_context():
        row = db.session.get_one(model, row_id)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


def change(app: Flask, person_id: int, **values: Any) -> str:
    """Give a person other values, as somebody else would meanwhile, and return their name."""
    with app.app_context():
        person = db.session.get_one(Person, person_id)
        for name, value in values.items():
            setattr(person, name, value)
        db.session.commit()
        return person.name
