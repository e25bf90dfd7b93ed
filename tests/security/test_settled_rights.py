"""A real exclusion and a real complaint × every role: who reads them, who acts on them, and that nobody else changes a thing."""

import tomllib
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from permille.complaints.models import Complaint
from permille.exclusions.models import DecidedAs, Exclusion, Measure
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.nominations.models import Nomination
from permille.objectives.models import Objective
from permille.people.models import Person, Role
from permille.taskforces.models import Membership, Office
from permille.vacancies.models import Application, Vacancy
from tests.engines import ON_SQLITE
from tests.security.filled import beyond
from tests.security.matrix import ask, routes
from tests.security.principals import PRINCIPALS, as_account
from tests.security.test_matrix import contents

TABLE = tomllib.loads((Path(__file__).parent / "settled.toml").read_text("utf-8"))
WHO = PRINCIPALS | {
    "second_secretary": partial(as_account, "second-secretary"),
    "third_secretary": partial(as_account, "third-secretary"),
}
"""The third had no part in anything."""
AWAY = ("visitor", "suspended")
BLANKS = {
    "leaving": "<int:exclusion_id>",
    "appealed": "<int:exclusion_id>",
    "complaint": "<int:complaint_id>",
}


@pytest.fixture
def ids(app, cast):
    """Let there be two exclusions, a complaint, and a third person of the Secretariat."""
    with app.app_context():
        like = db.session.get_one(Person, cast.id("partner"))
        third = Person(
            email="third-secretary@demo.example", name="Third", language="en", confirmed_at=now(), affiliations=[],
            password_hash=like.password_hash, role=Role.SECRETARY,
        )  # fmt: skip
        leaving = _exclusion(cast, "member", "leader", DecidedAs.LEADER)
        appealed = _exclusion(cast, "partner", "secretary", DecidedAs.SECRETARIAT)
        appealed.appeal_with("I was not there.")
        complaint = Complaint(
            nomination_id=_nomination(cast).id, person_id=cast.id("newcomer"), words="Nobody was asked.", language="en"
        )  # fmt: skip
        db.session.add_all([third, leaving, appealed, complaint])
        db.session.commit()
        return {"leaving": leaving.id, "appealed": appealed.id, "complaint": complaint.id}


def _exclusion(cast, member, by, office):
    query = select(Objective.id).where(Objective.code == "A1")
    objective_id = db.session.scalars(query).one()
    mine = select(Membership).where(
        Membership.objective_id == objective_id, Membership.person_id == cast.id(member)
    )
    membership = db.session.scalars(mine).one_or_none() or Membership(
        objective_id=objective_id, person_id=cast.id(member)
    )
    return Exclusion(
        membership=membership, measure=Measure.LEAVING, reason="They shout.", decided_by_id=cast.id(by),
        decided_as=office, last_day=now().date() + timedelta(days=20),
    )  # fmt: skip


def _nomination(cast):
    objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
    vacancy = Vacancy(
        objective_id=objective.id,
        office=Office.LEADER,
        last_day=now().date(),
        ended_at=now(),
        outcome="filled",
    )
    words = dict.fromkeys(("why", "experience", "knowledge", "time"), "x")
    application = Application(
        vacancy=vacancy, person_id=cast.id("partner"), number="C2-1", sent_at=now(), **words
    )
    db.session.add(application)
    db.session.flush()
    one = Nomination(
        vacancy_id=vacancy.id, application_id=application.id, reason="x", ends_on=now().date(),
        proposed_by_id=cast.id("secretary"), confirmed_by_id=cast.id("second-secretary"), confirmed_at=now(),
        accepted_at=now(),
    )  # fmt: skip
    db.session.add(one)
    db.session.flush()
    return one


def expected(route, role):
    named = {who: int(status) for status, roles in TABLE[route].items() for who in roles}
    return named.get(role, 302 if role in AWAY else 404)


@ON_SQLITE
@pytest.mark.parametrize("role", WHO)
def test_who_reads_and_acts_on_an_exclusion_and_a_complaint(app, ids, role):
    browser = WHO[role](app)
    token, before, found = browser.token(), contents(app), {}
    for route in TABLE:
        method, _space, path = route.partition(" ")
        found[route] = ask(browser, method, path.format(**ids), token)
    assert found == {route: expected(route, role) for route in TABLE}
    for route in TABLE:
        method, _space, path = route.partition(" ")
        if method == "POST" and found[route] != 422:
            fields = beyond({"other": 0})[pattern(path).removeprefix("/<lang>/")]
            assert ask(browser, method, path.format(**ids), token, **fields) == found[route], route
    assert contents(app) == before


def pattern(path):
    """Return an address as the tables write it."""
    return path.replace("/en/", "/<lang>/").format(**BLANKS)


def test_every_page_of_one_exclusion_or_complaint_is_asked_about(app):
    known = {(method, path) for method, path in routes(app) if any(one in path for one in BLANKS.values())}
    asked = {(route.partition(" ")[0], pattern(route.partition(" ")[2])) for route in TABLE}
    assert asked == known
    assert {role for answers in TABLE.values() for roles in answers.values() for role in roles} <= set(WHO)
