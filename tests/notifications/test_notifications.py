"""Notifications: what concerns somebody is told once, in their language, and read by nobody else."""

import re

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.notifications.kinds import KINDS
from permille.notifications.models import Notification
from permille.notifications.queries import PAGE
from permille.notifications.telling import tell
from permille.people.models import Affiliation, Person
from tests.browser import Browser


@pytest.fixture
def told(app, cast):
    """Return a function that tells the partner something so many times."""

    def some(n=1):
        with app.app_context():
            person = db.session.get(Person, cast.id("partner"))
            for _ in range(n):
                tell(db.session, person, "joined", "taskforces.page", {"code": "a1"}, code="A1", label="NDCs")
            db.session.commit()

    return some


def unread(app, cast, part="partner"):
    with app.app_context():
        return db.session.get(Person, cast.id(part)).unread


def test_who_joins_finds_it_among_their_notifications_in_every_language(app, cast, browser):
    browser.sign_in(cast.email("partner"))
    browser.post("/en/objectives/c2/join/", role="member", contribution="Soil maps.")
    browser.post("/en/objectives/c2/join/check/")
    assert "Task Force C2" in browser.get("/en/me/notifications/").text(".list")
    assert browser.get("/fr/me/notifications/")(".list a")["href"] == "/fr/objectives/c2/"
    assert "C2" in browser.get("/ar/me/notifications/").text(".list a")
    assert browser.get("/en/").text(".me .count") == "1"


def test_a_confirmed_affiliation_is_told_with_the_organisations_name_as_plain_text(app, cast):
    with app.app_context():
        row = db.session.scalars(select(Affiliation).where(Affiliation.person_id == cast.id("partner"))).one()
        row.confirmed_at, row.organisation.name = None, "<b>%(x)s Soil & Co"
        db.session.commit()
        claim = row.id
    Browser(app).sign_in(cast.email("secretary")).post(f"/en/secretariat/affiliations/{claim}/confirm/")
    page = Browser(app).sign_in(cast.email("partner")).get("/en/me/notifications/")
    assert "you belong to <b>%(x)s Soil & Co" in page.text(".list a")
    assert page(".list a b") is None


def test_reading_is_marked_by_a_button_and_counts_only_what_was_shown(app, cast, told, browser):
    told(3)
    browser.sign_in(cast.email("partner"))
    page = browser.get("/en/me/notifications/")
    last = page("input[name=last]")["value"]
    told(1)
    assert browser.post("/en/me/notifications/read/", last=last).status == 303
    assert unread(app, cast) == 1
    assert len(browser.get("/en/me/notifications/").soup.select(".list .tag")) == 1


def test_looking_marks_nothing_as_read(app, cast, told, browser):
    told(2)
    browser.sign_in(cast.email("partner")).get("/en/me/notifications/")
    assert unread(app, cast) == 2


def test_nobody_sees_or_reads_what_was_told_to_somebody_else(app, cast, told, browser):
    told(2)
    browser.sign_in(cast.email("member"))
    assert "Task Force A1" not in browser.get("/en/me/notifications/").text("main")
    browser.post("/en/me/notifications/read/", last=2**62)
    assert unread(app, cast) == 2


def test_many_come_a_page_at_a_time_and_cost_the_same(app, cast, told, browser, statements):
    told(PAGE + 5)
    browser.sign_in(cast.email("partner"))
    statements.clear()
    page = browser.get("/en/me/notifications/")
    spent = len(statements)
    assert len(page.soup.select("main .list > li")) == PAGE
    rest = browser.get(page("a[rel=next]")["href"])
    assert len(rest.soup.select("main .list > li")) == 5
    told(PAGE)
    statements.clear()
    browser.get("/en/me/notifications/")
    assert len(statements) == spent <= 4


@pytest.mark.parametrize("query", ["?before=-1", f"?before={2**63}"])
def test_a_number_that_cannot_be_is_not_found(cast, browser, query):
    browser.sign_in(cast.email("partner"))
    assert browser.get(f"/en/me/notifications/{query}").status == 404


def test_telling_makes_no_public_page_older(app, cast, told, browser):
    tag = browser.get("/en/").headers["ETag"]
    told(1)
    assert browser.get("/en/", If_None_Match=tag).status == 304


def test_they_can_be_taken_along_and_go_with_the_account(app, cast, told, browser):
    told(1)
    browser.sign_in(cast.email("partner"))
    assert '"notifications"' in browser.post("/en/me/data/").html
    browser.post("/en/me/delete/", sure="y", password="four per thousand")
    with app.app_context():
        held = select(Notification.id).where(Notification.person_id == cast.id("partner"))
        assert db.session.scalars(held).all() == []


def test_what_was_told_by_another_release_is_said_without_a_link(app, cast, told, browser):
    told()
    with app.app_context():
        one = db.session.scalars(select(Notification)).one()
        one.page, one.kind = "people.page_of_tomorrow", "kind_of_tomorrow"
        db.session.commit()
    page = browser.sign_in(cast.email("partner")).get("/en/me/notifications/")
    assert "Something changed" in page.text(".list li") and page(".list a") is None


def test_every_kind_has_a_sentence_and_a_mail_of_its_name(app):
    assert {"joined", "affiliation_confirmed", "office_free"} <= set(KINDS)
    for name, kind in KINDS.items():
        assert set(re.findall(r"%\((\w+)\)s", str(kind.sentence))) == set(kind.facts), name
        assert f"mails/{name}.txt" in app.jinja_env.list_templates()
