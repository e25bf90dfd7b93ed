"""Keeping house: what has served its purpose goes on its day, and nothing goes before."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from permille.cli.housekeeping import keep_house
from permille.foundation import clock
from permille.foundation.audit import AuditEntry, record
from permille.foundation.database import db
from permille.foundation.outbox import Job
from permille.objectives.models import Objective
from permille.people.models import Affiliation, ClaimFile, MailedLink, Person, Purpose, SignedIn
from permille.taskforces.models import JoinDraft
from permille.vacancies.models import Application, Evidence, Vacancy, Watch

START = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def kept(app, cast):
    """Return a function: what is left of what `make` adds, so long after it was made."""

    def left(make, model, after):
        with app.app_context():
            before = db.session.scalar(select(func.count(model.id)))
            make()
            db.session.commit()
            clock.turn(lambda: START + after)
            keep_house()
            return db.session.scalar(select(func.count(model.id))) - before

    clock.turn(lambda: START)
    yield left
    clock.turn(None)


@pytest.mark.parametrize(
    ("visitor", "age", "left"), [(True, 6, 1), (True, 8, 0), (False, 8, 1), (False, 89, 1), (False, 91, 0)]
)
def test_a_draft_waits_a_week_for_a_visitor_and_a_season_for_a_person(kept, cast, visitor, age, left):
    def make():
        objective = db.session.scalars(select(Objective.id).where(Objective.code == "F3")).one()
        owner = {"visitor": b"v" * 32} if visitor else {"person_id": cast.id("partner")}
        db.session.add(JoinDraft(objective_id=objective, contribution="Half", **owner))

    assert kept(make, JoinDraft, timedelta(days=age)) == left


@pytest.mark.parametrize(("age", "left"), [(14, 1), (16, 0)])
def test_a_link_goes_when_it_expires_with_what_it_carried(kept, age, left):
    def make():
        db.session.add(MailedLink.write(Purpose.SIGN_IN, "a@village.example", "en")[0])

    assert kept(make, MailedLink, timedelta(minutes=age)) == left


@pytest.mark.parametrize(
    ("part", "after", "left"),
    [
        ("member", timedelta(days=13), 1),
        ("member", timedelta(days=15), 0),
        ("secretary", timedelta(minutes=110), 1),
        ("secretary", timedelta(minutes=130), 0),
    ],
)
def test_a_session_goes_when_it_opens_nothing_any_more(kept, cast, part, after, left):
    def make():
        db.session.add(SignedIn.open(db.session.get(Person, cast.id(part)), "Phone")[0])

    assert kept(make, SignedIn, after) == left


@pytest.mark.parametrize(
    ("state", "days", "left"), [({}, 400, 1), ({"done_at": START}, 29, 1), ({"done_at": START}, 31, 0)]
)
def test_the_record_of_a_mail_lives_a_month_and_a_waiting_one_is_kept(kept, state, days, left):
    def make():
        db.session.add(Job(kind="mail", payload={}, **state))

    assert kept(make, Job, timedelta(days=days)) == left


@pytest.mark.parametrize(("years", "left"), [(4, 1), (6, 0)])
def test_decisions_are_kept_five_years(kept, years, left):
    def make():  # long ago by the database's own clock, which nobody turns
        entry = record(db.session, None, "standing.recorded")
        entry.created_at = datetime.now(UTC) - timedelta(days=365 * years)

    assert kept(make, AuditEntry, datetime.now(UTC) - START) == left


@pytest.mark.parametrize(
    ("sent", "after", "rows", "words"),
    [(False, 29, 1, "Half"), (False, 31, 0, None), (True, 729, 1, "Half"), (True, 731, 1, "")],
)
def test_the_words_of_an_application_outlive_its_vacancy_for_as_long_as_is_published(
    app, kept, cast, sent, after, rows, words
):
    def make():
        objective = db.session.scalars(select(Objective.id).where(Objective.code == "F3")).one()
        vacancy = Vacancy(
            objective_id=objective, office="leader", last_day=START.date(), ended_at=START, outcome="nobody"
        )
        number = {"number": "F3-1", "sent_at": START} if sent else {}
        file = Evidence(name="a.txt", media_type="text/plain", size=1, digest="0", content=b"x")
        application = Application(
            vacancy=vacancy,
            person_id=cast.id("partner"),
            why="Half",
            languages=["en"],
            evidence=[file],
            **number,
        )
        db.session.add(application)

    assert kept(make, Application, timedelta(days=after)) == rows
    with app.app_context():
        mine = select(Application).where(Application.person_id == cast.id("partner"))
        assert [one.why for one in db.session.scalars(mine)] == ([] if words is None else [words])


@pytest.mark.parametrize(
    ("state", "days", "left"),
    [({}, 400, 1), ({"confirmed_at": START}, 89, 1), ({"confirmed_at": START}, 91, 0),
     ({"ended_at": START}, 59, 1), ({"ended_at": START}, 61, 0)],
)  # fmt: skip
def test_what_shows_an_affiliation_outlives_the_decision_for_as_long_as_is_published(
    app, kept, cast, state, days, left
):
    def make():
        file = ClaimFile(name="a.txt", media_type="text/plain", size=1, digest="0", content=b"x")
        row = db.session.scalars(select(Affiliation).where(Affiliation.person_id == cast.id("partner"))).one()
        row.confirmed_at, row.function, row.files = None, "Soil maps.", [file]
        for name, when in state.items():
            setattr(row, name, when)

    assert kept(make, ClaimFile, timedelta(days=days)) == left
    with app.app_context():
        query = select(Affiliation.function).where(Affiliation.person_id == cast.id("partner"))
        assert db.session.scalars(query).all() == (["Soil maps."] if left else [""])


def test_a_wish_to_be_told_is_forgotten_after_two_years(kept):
    def make():
        objective = db.session.scalars(select(Objective.id).where(Objective.code == "F3")).one()
        db.session.add(Watch(objective_id=objective, seat="leader", email="a@village.example"))

    assert kept(make, Watch, timedelta(days=731)) == 0
