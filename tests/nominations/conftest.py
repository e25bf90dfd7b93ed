"""What the tests of nominations share: a consultation that is answered, and a proposal."""

import pytest
from sqlalchemy import select

from permille.consultations.models import Answer, Consultation, Consultee, Group, PanelMember
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.multilingual import Multilingual
from permille.nominations.models import Nomination
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application, Vacancy
from tests.consultations.conftest import (
    applied,
    begun,
    call,
    change_vacancy,
    desk,
    prepared,
    second,
)
from tests.vacancies.conftest import ANSWERS, SEAT, day

__all__ = ["applied", "begun", "call", "change_vacancy", "desk", "prepared", "second"]

NOMINATION = f"{SEAT}/nomination"


@pytest.fixture
def answered(app, cast, call, applied):
    """Let the consultation be over: somebody has answered, the panel has no relation; return the id of the vacancy."""
    with app.app_context():
        vacancy = db.session.get_one(Vacancy, call)
        vacancy.closed_at = vacancy.consultation_at = now()
        one = Consultation(vacancy=vacancy, question=Multilingual(), last_day=now().date())
        asked = Consultee(
            consultation=one, email="forum@village.example", asked_as=Group.BODY, language="fr",
            invited_at=now(), answered_at=now(),
        )  # fmt: skip
        panel = [
            PanelMember(vacancy_id=call, person_id=cast.id(part), declared_at=now(), is_related=False)
            for part in ("secretary", "second-secretary")
        ]
        db.session.add_all([asked, *panel])
        db.session.flush()
        db.session.add(Answer(consultee_id=asked.id, language="fr", words="", is_late=False, salt="x"))
        db.session.commit()
    return call


@pytest.fixture
def proposed(app, desk, answered, applied):
    """Propose the candidate and return the id of the nomination."""
    sent = desk.post(f"{NOMINATION}/propose/{applied}/", **proposal())
    assert sent.status == 303, sent.text()
    return nomination(app)["id"]


@pytest.fixture
def offered(app, second, proposed):
    """Confirm the proposal and return the id of the nomination."""
    assert second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"]).status == 303
    assert nomination(app)["confirmed_at"] is not None
    return proposed


@pytest.fixture
def rival(app, cast, call, applied):
    """Let the member stand for the seat as well, and return the id of the application."""
    with app.app_context():
        other = Application(
            vacancy_id=call,
            person_id=cast.id("member"),
            number="C2-99999",
            sent_at=now(),
            evidence=[],
            **ANSWERS,
        )
        db.session.add(other)
        db.session.commit()
        return other.id


def proposal(**other):
    return {"reason": "Ten years on these soils.", "ends_on": day(700), **other}


def nomination(app):
    """Return what is in the row of the last nomination; nothing if there is none."""
    with app.app_context():
        one = db.session.scalars(select(Nomination).order_by(Nomination.id.desc()).limit(1)).one_or_none()
        return (
            {column.name: getattr(one, column.name) for column in Nomination.__table__.columns} if one else {}
        )


def holders(app):
    """Return who holds the seat now, as ids."""
    with app.app_context():
        vacancy = db.session.scalars(select(Vacancy).order_by(Vacancy.id.desc())).first()
        query = select(Mandate.person_id).where(
            Mandate.objective_id == vacancy.objective_id,
            Mandate.region == "africa",
            Mandate.ended_at.is_(None),
        )
        return list(db.session.scalars(query))


def step_of(app, vacancy_id):
    with app.app_context():
        return db.session.get_one(Vacancy, vacancy_id).step
