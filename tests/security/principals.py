"""The principals: everyone who may stand before a route, from a visitor to a leader until a moment ago.

Each is a function that returns a browser in which they are looking, whatever they have done before.
"""

from collections.abc import Callable
from functools import partial

from flask import Flask
from sqlalchemy import ColumnElement, select, union

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate, Membership, Office
from tests.browser import Browser

REGION = "africa"
TEAM_OF_A1 = union(
    *(
        select(of.person_id).where(of.objective.has(code="A1"), of.person_id.is_not(None))
        for of in (Membership, Mandate)
    )
)


def as_account(email: str, app: Flask) -> Browser:
    """Sign in with an account of the demonstration."""
    return Browser(app).sign_in(f"{email}@demo.example")


def as_unconfirmed(app: Flask) -> Browser:
    """Somebody whose address was never confirmed, with a session all the same."""
    browser = _as_somebody_new(app, "unconfirmed")
    _change(app, "unconfirmed", confirmed_at=None)
    return browser


def as_suspended(app: Flask) -> Browser:
    """Somebody who is suspended while they are signed in."""
    _change(app, "suspended", suspended_at=None)
    browser = _as_somebody_new(app, "suspended")
    _change(app, "suspended", suspended_at=now())
    return browser


def as_representative(where: ColumnElement[bool], app: Flask) -> Browser:
    """The first holder of such a seat."""
    with app.app_context():
        query = (
            select(Person.email)
            .join(Mandate, Mandate.person_id == Person.id)
            .join(Mandate.objective)
            .where(Mandate.region.is_not(None), Mandate.ended_at.is_(None), where)
            .order_by(Person.id)
        )
        email = db.session.scalars(query).first()
    assert email, "the demonstration has no such representative"
    return Browser(app).sign_in(email)


def as_leader_elsewhere(app: Flask) -> Browser:
    """The leader of another task force."""
    browser = _as_somebody_new(app, "leader-elsewhere")
    _lead(app, "leader-elsewhere", "B2")
    return browser


def as_former_leader(app: Flask) -> Browser:
    """Who led another task force until a moment ago, with the session of that time."""
    browser = _as_somebody_new(app, "former-leader")
    _lead(app, "former-leader", "C1")
    assert browser.get("/en/me/").status == 200
    with app.app_context():
        for mandate in db.session.scalars(select(Mandate).where(Mandate.person_id == _id("former-leader"))):
            mandate.ended_at = mandate.ended_at or now()
        db.session.commit()
    return browser


PRINCIPALS: dict[str, Callable[[Flask], Browser]] = {
    "visitor": Browser,
    "unconfirmed": as_unconfirmed,
    "suspended": as_suspended,
    "newcomer": partial(as_account, "newcomer"),
    "partner": partial(as_account, "partner"),
    "member": partial(as_account, "member"),
    "representative": partial(as_account, "representative"),
    "representative_elsewhere": partial(
        as_representative, (Objective.code == "A1") & (Mandate.region != REGION)
    ),
    "representative_of_another": partial(as_representative, Person.id.not_in(TEAM_OF_A1)),
    "leader": partial(as_account, "leader"),
    "leader_elsewhere": as_leader_elsewhere,
    "former_leader": as_former_leader,
    "funder": partial(as_account, "funder"),
    "secretary": partial(as_account, "secretary"),
}
LIKE = {
    "unconfirmed": "newcomer",
    "suspended": "visitor",
    "representative_elsewhere": "member",
    "representative_of_another": "partner",
    "leader_elsewhere": "partner",
    "former_leader": "partner",
}
"""Whose answer a principal gets where the table gives them none of their own."""


def _as_somebody_new(app: Flask, name: str) -> Browser:
    with app.app_context():
        if _id(name) is None:
            like = db.session.scalars(select(Person).where(Person.email == "partner@demo.example")).one()
            db.session.add(
                Person(
                    email=f"{name}@demo.example",
                    name=name.replace("-", " "),
                    country="FR",
                    language="en",
                    languages=["en"],
                    password_hash=like.password_hash,
                    confirmed_at=now(),
                    published=[],
                )
            )
            db.session.commit()
    return as_account(name, app)


def _change(app: Flask, name: str, **values: object) -> None:
    with app.app_context():
        person = db.session.scalars(
            select(Person).where(Person.email == f"{name}@demo.example")
        ).one_or_none()
        for key, value in values.items():
            if person is not None:
                setattr(person, key, value)
        db.session.commit()


def _lead(app: Flask, name: str, code: str) -> None:
    with app.app_context():
        objective = db.session.scalars(select(Objective.id).where(Objective.code == code)).one()
        leads = select(Mandate).where(Mandate.objective_id == objective, Mandate.ended_at.is_(None))
        if db.session.scalars(leads.where(Mandate.region.is_(None))).first() is None:
            db.session.add(Mandate(objective_id=objective, person_id=_id(name), office=Office.LEADER))
            db.session.commit()


def _id(name: str) -> int | None:
    return db.session.scalar(select(Person.id).where(Person.email == f"{name}@demo.example"))
