"""Before a call closes: whoever has not sent is reminded once, and the Secretariat learns of a call without anybody."""

from datetime import timedelta

import pytest

from permille.exclusions.models import DecidedAs, Exclusion, Measure
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Role
from permille.taskforces.models import Membership
from permille.vacancies import reminding
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.reminding import remind_of_calls
from tests.browser import Browser
from tests.cast import change
from tests.engines import ON_SQLITE
from tests.vacancies.conftest import SEAT

SUBJECT, NOBODY = "your application is not sent yet", "nobody has applied yet"


@pytest.fixture
def worker(app, mails):
    """Return a function that reminds as the worker does, and tells what was sent: addresses by subject."""
    with app.app_context():  # the calls of the demonstration are none of ours
        db.session.execute(db.update(Vacancy).values(closed_at=now()))
        db.session.commit()

    def work():
        before = len(mails())
        with app.app_context():
            remind_of_calls(db.session)
            assert not db.session().in_transaction(), "the worker would keep everybody else from writing"
        return sorted((mail["subject"].partition(": ")[2], mail["to"]) for mail in mails()[before:])

    return work


@pytest.fixture
def near(app, cast, worker, call, change_vacancy):
    """Let the call end in three days, with a draft of the partner."""
    change_vacancy(call, last_day=now().date() + timedelta(days=3), closed_at=None)
    for part in ("partner", "secretary", "second-secretary"):
        change(app, cast.id(part), language="en")
    with app.app_context():
        db.session.add(Application(vacancy_id=call, person_id=cast.id("partner"), why="Because"))
        db.session.commit()
    return call


def desk_of(cast):
    return [cast.email("second-secretary"), cast.email("secretary")]


def test_whoever_has_not_sent_is_reminded_once_and_the_secretariat_too(
    app, cast, near, worker, mails, change_vacancy
):
    nobody = [(NOBODY, one) for one in desk_of(cast)]
    assert worker() == [*nobody, (SUBJECT, cast.email("partner"))]
    body = next(mail["body"] for mail in mails() if mail["to"] == cast.email("partner"))
    assert f"{SEAT}/apply/" in body and "23:59 UTC" in body
    assert "closes soon" in Browser(app).sign_in(cast.email("partner")).get("/en/me/notifications/").text(
        "main"
    )
    assert worker() == []
    change_vacancy(near, last_day=now().date() + timedelta(days=2))
    assert len(worker()) == 3, "a call with another last day is another one"


@ON_SQLITE
def test_nobody_is_told_long_before_nor_after_nor_of_a_closed_call(near, worker, change_vacancy):
    for values in (
        {"last_day": now().date() + timedelta(days=4)},
        {"last_day": now().date() - timedelta(days=1)},
        {"last_day": now().date() + timedelta(days=3), "closed_at": now()},
        {"closed_at": None, "ended_at": now(), "outcome": "nobody"},
    ):
        change_vacancy(near, **values)
        assert worker() == []


@ON_SQLITE
def test_with_a_candidate_only_whoever_has_not_sent_is_told(app, cast, near, worker):
    with app.app_context():
        sent = Application(vacancy_id=near, person_id=cast.id("member"), sent_at=now(), number="1")
        db.session.add(sent)
        db.session.commit()
    assert worker() == [(SUBJECT, cast.email("partner"))]


@ON_SQLITE
def test_who_is_suspended_or_has_stood_is_left_alone(app, cast, near, worker):
    change(app, cast.id("partner"), suspended_at=now())
    with app.app_context():
        stood = {"sent_at": now(), "number": "1", "stood_down_at": now()}
        db.session.add(Application(vacancy_id=near, person_id=cast.id("second-secretary"), **stood))
        db.session.commit()
    change(app, cast.id("second-secretary"), role=Role.SECRETARY)
    assert worker() == [(NOBODY, cast.email("secretary"))]


def test_nobody_is_called_who_could_not_send_it(app, cast, near, worker):
    with app.app_context():
        objective = db.session.get_one(Vacancy, near).objective_id
        team = Membership(person_id=cast.id("partner"), objective_id=objective)
        db.session.add(team)
        db.session.flush()
        soon = now().date() + timedelta(days=9)
        said = {"reason": "They shout.", "decided_as": DecidedAs.SECRETARIAT, "last_day": soon}
        db.session.add(Exclusion(membership_id=team.id, measure=Measure.LEAVING, **said))
        db.session.add(Application(vacancy_id=near, person_id=cast.id("newcomer"), why="Because"))
        db.session.commit()
    assert SUBJECT not in dict(worker())


def test_two_workers_at_once_remind_once(app, cast, near, worker, monkeypatch, mails):
    held = reminding.hold_with_seat

    def slower(session, vacancy_id):
        session.rollback()
        monkeypatch.setattr(reminding, "hold_with_seat", held)
        with app.app_context():
            remind_of_calls(db.session)
        return held(session, vacancy_id)

    monkeypatch.setattr(reminding, "hold_with_seat", slower)
    worker()
    assert len([mail for mail in mails() if SUBJECT in mail["subject"]]) == 1
