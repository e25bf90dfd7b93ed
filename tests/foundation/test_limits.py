"""Limits: exact in the database, gentle to people behind one address, and settings of an installation."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from permille.cli.housekeeping import keep_house
from permille.foundation import clock
from permille.foundation.config import BadSetting, limits
from permille.foundation.database import db
from permille.foundation.limits import LONGEST, Limit, LimitCount, address, reached
from tests.browser import Browser


@pytest.fixture
def turned():
    """A clock that stands still until it is turned."""
    moment = [datetime(2026, 11, 24, 12, tzinfo=UTC)]
    clock.turn(lambda: moment[0])

    def turn(by):
        moment[0] += by

    yield turn
    clock.turn(None)


def test_exactly_as_many_as_allowed_get_through_and_the_next_slot_begins_anew(app, turned):
    limit = Limit("test", 3, timedelta(hours=1))
    with app.app_context():
        assert [reached(db.session, limit, "a") for _ in range(5)] == [False, False, False, True, True]
        assert reached(db.session, limit, "b") is False
        turned(timedelta(hours=1))
        assert reached(db.session, limit, "a") is False


def test_whose_count_it_is_cannot_be_read_and_long_addresses_count_alone(app, turned):
    limit, long = Limit("test", 1, timedelta(hours=1)), "a" * 110
    with app.app_context():
        for end in ("1@x.example", "2@x.example"):
            assert reached(db.session, limit, long + end) is False
        assert not any("x.example" in key for key in db.session.scalars(select(LimitCount.key)))


def test_one_is_told_how_long_the_limit_still_lasts(app, browser, cast, turned):
    app.config["LIMITS"] = {"join": 0}
    browser.sign_in(cast.email("partner"))
    token = browser.token()
    turned(timedelta(minutes=59, seconds=20))
    held = browser.post("/zh/objectives/b1/join/", token=token, role="member", contribution="x")
    assert (held.status, held.headers["Retry-After"]) == (429, "40")


def test_a_limit_of_thirty_days_outlives_every_housekeeping(app, turned):
    limit = Limit("test", 1, LONGEST)
    with app.app_context():
        assert reached(db.session, limit, "a") is False
        slot = limit.slot
        while limit.slot == slot:
            keep_house()
            assert reached(db.session, limit, "a") is True
            turned(timedelta(days=1))
        assert reached(db.session, limit, "a") is False
    with pytest.raises(ValueError, match="test"):
        Limit("test", 1, LONGEST + timedelta(days=1))


def test_a_limit_is_a_setting(app, turned):
    app.config["LIMITS"] = {"test": 1}
    with app.app_context():
        limit = Limit("test", 3, timedelta(hours=1))
        assert [reached(db.session, limit, "a") for _ in range(2)] == [False, True]


def test_settings_of_limits_are_read_and_nonsense_is_named():
    assert limits("search=60, export=10,") == {"search": 60, "export": 10}
    for wrong in ("search", "search=many", "=5", "search=-1"):
        with pytest.raises(BadSetting, match="PERMILLE_LIMITS"):
            limits(wrong)


@pytest.mark.parametrize(
    ("remote", "key"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("nonsense", "unknown"),
    ],
)
def test_an_address_counts_alone_and_a_network_of_the_new_kind_together(app, remote, key):
    with app.test_request_context(environ_base={"REMOTE_ADDR": remote}):
        assert address() == key


def test_searching_too_fast_is_slowed_down_and_typing_does_not_use_it_up(app, browser, turned, statements):
    app.config["LIMITS"] = {"search-address": 2, "search-typing-address": 3}
    for _ in range(3):
        assert browser.get("/en/search/?q=soil", htmx=True).status == 200
    assert [browser.get("/fr/search/?q=soil").status for _ in range(3)] == [200, 200, 429]
    slowed = browser.get("/ar/search/?q=soil")
    assert slowed.status == 429 and slowed.headers["Retry-After"] == "60"
    assert slowed("html")["lang"] == "ar"
    assert browser.get("/en/search/").status == 200
    assert not [one for one in statements if one.startswith(("INSERT", "UPDATE"))]
    turned(timedelta(minutes=1))
    assert browser.get("/en/search/?q=soil").status == 200


def test_a_person_counts_for_themselves_whoever_else_is_behind_their_address(app, browser, cast, turned):
    app.config["LIMITS"] = {"search-address": 0, "search": 1}
    assert browser.get("/en/search/?q=soil").status == 429
    member = Browser(app).sign_in(cast.email("member"))
    assert [member.get("/en/search/?q=soil").status for _ in range(2)] == [200, 429]
    leader = Browser(app).sign_in(cast.email("leader"))
    assert leader.get("/en/search/?q=soil").status == 200
