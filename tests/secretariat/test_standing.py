"""Standings on the desk: with their days, ended by date, recorded once, and told with who decided."""

from datetime import UTC, datetime, timedelta

import pytest

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Organisation, StandingState

PATH = "/en/secretariat/organisations/"


@pytest.fixture
def ended(app, organisation_of):
    one = organisation_of("Long Over", aliases=["LO"])
    with app.app_context():
        until = datetime(2020, 1, 1, 23, 59, tzinfo=UTC)
        db.session.get(Organisation, one).stand(StandingState.PARTNER, None, evidence="Letter", until=until)
        db.session.commit()
    return one


def steps(app, organisation_id):
    with app.app_context():
        return [
            (one.state, one.evidence, one.since and one.since.isoformat())
            for one in db.session.get(Organisation, organisation_id).standings
        ]


def test_a_standing_that_ended_by_date_says_so_wherever_it_is_shown(desk, ended, organisation_of):
    other = organisation_of("Another")
    for path in (
        f"{PATH}?q=long over", f"{PATH}{ended}/", f"{PATH}{other}/merge/?q=long over",
        f"{PATH}{other}/merge/?into={ended}",
    ):  # fmt: skip
        assert "lapsed on 1 January 2020" in desk.get(path).text("main"), path


def test_a_standing_that_ended_by_date_is_found_among_the_lapsed_only(desk, ended):
    assert "Long Over" in desk.get(PATH + "?which=lapsed").text("table")
    assert "Long Over" not in desk.get(PATH + "?which=partner").text("main")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"until": "2020-01-01"}, "This day is past"),
        ({"until": "0001-01-01"}, "Check the year"),
        ({"since": "0018-05-03"}, "Check the year"),
        ({"since": "2099-05-03"}, "still to come"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused_beside_its_field(app, desk, organisation_of, wrong, words):
    one = organisation_of("Soil Trust")
    page = desk.post(f"{PATH}{one}/", state="partner", evidence="Letter", **wrong)
    assert page.status == 422 and words in page.text(".errsum")
    assert steps(app, one) == []


def test_the_history_tells_the_day_of_the_decision_and_who_recorded_it(app, desk, organisation_of):
    one = organisation_of("Soil Trust")
    desk.post(f"{PATH}{one}/", state="partner", evidence="Declaration", since="2018-05-03")
    page = desk.get(f"{PATH}{one}/").text("main ul.list")
    assert "3 May 2018" in page and "recorded by" in page
    assert steps(app, one) == [("partner", "Declaration", "2018-05-03")]


def test_a_standing_sent_twice_is_recorded_once(app, desk, organisation_of):
    one = organisation_of("Soil Trust")
    for _time in range(2):
        assert desk.post(f"{PATH}{one}/", state="partner", evidence="Declaration").status == 303
    assert len(steps(app, one)) == 1


def test_those_who_lapse_first_stand_first(app, desk, organisation_of):
    for name, days in (("Amber", 80), ("Zinc", 10)):
        one = organisation_of(name)
        with app.app_context():
            until = now() + timedelta(days=days)
            db.session.get(Organisation, one).stand(StandingState.MEMBER, None, until=until)
            db.session.commit()
    page = desk.get(PATH + "?which=lapsing").text("table")
    assert page.index("Zinc") < page.index("Amber")


@pytest.mark.parametrize("field", ["since", "until"])
def test_a_day_that_is_none_is_said_beside_its_field(desk, organisation_of, field):
    one = organisation_of("Cooperative of the Puna")
    page = desk.post(f"{PATH}{one}/", **{"state": "evidence", "evidence": "Letter", field: "next spring"})
    assert page.status == 422 and page(f"#{field}-error") and page(f"#{field}")["value"] == "next spring"
