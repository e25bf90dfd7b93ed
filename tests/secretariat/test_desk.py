"""The desk: what waits, who decides, and what is told to whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.foundation import clock
from permille.foundation.audit import AuditEntry
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Affiliation, Organisation, Person
from tests.browser import Browser


@pytest.fixture
def claimed(app, cast):
    """The partner's affiliation, claimed anew."""
    with app.app_context():
        row = db.session.scalars(select(Affiliation).where(Affiliation.person_id == cast.id("partner"))).one()
        row.confirmed_at = None
        db.session.commit()
        return row.id


def actions(app):
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_an_affiliation_is_confirmed_once_and_the_person_is_told_in_their_language(
    app, browser, cast, claimed, mails
):
    browser.sign_in(cast.email("secretary"))
    assert "李青禾" in browser.get("/en/secretariat/").text("main")
    assert browser.post(f"/en/secretariat/affiliations/{claimed}/confirm/").status == 303
    assert (mails()[-1]["to"], mails()[-1]["lang"]) == (cast.email("partner"), "zh")
    assert "affiliation.confirmed" in actions(app)
    with app.app_context():
        assert db.session.get(Person, cast.id("partner")).is_eligible


def test_a_new_standing_is_appended_with_its_evidence_and_decides_who_is_eligible(app, browser, cast):
    with app.app_context():
        person = db.session.get(Person, cast.id("newcomer"))
        organisation = person.affiliation.organisation.id
        assert not person.is_eligible
    browser.sign_in(cast.email("secretary"))
    path = f"/en/secretariat/organisations/{organisation}/"
    assert browser.post(path, state="partner", evidence="").status == 422
    assert browser.post(path, state="partner", evidence="Declaration of 3 May 2026").status == 303
    assert "Declaration of 3 May 2026" in browser.get(path).text("main")
    with app.app_context():
        assert db.session.get(Person, cast.id("newcomer")).is_eligible
        assert len(db.session.get(Organisation, organisation).standings) == 2


def test_a_standing_lapses_by_itself_on_its_day(app, browser, cast):
    with app.app_context():
        organisation = db.session.get(Person, cast.id("partner")).affiliation.organisation.id
    browser.sign_in(cast.email("secretary"))
    path, today = f"/en/secretariat/organisations/{organisation}/", now()
    browser.post(path, state="partner", evidence="Letter", until=f"{today:%Y-%m-%d}")
    with app.app_context():
        try:
            clock.turn(lambda: today.replace(hour=23, minute=59, second=59))
            assert db.session.get(Person, cast.id("partner")).is_eligible
            clock.turn(lambda: today + timedelta(days=1))
            assert not db.session.get(Person, cast.id("partner")).is_eligible
        finally:
            clock.turn(None)


def test_the_secretary_sees_who_joined(app, browser, cast):
    member = Browser(app).sign_in(cast.email("newcomer"))
    member.post("/en/objectives/a1/join/", role="member", contribution="Biochar trials.")
    member.post("/en/objectives/a1/join/check/")
    browser.sign_in(cast.email("secretary"))
    assert "Sam Whitfield" in browser.get("/en/secretariat/").text("main")


def test_every_decision_stands_in_the_audit_log(app, browser, cast, claimed):
    browser.sign_in(cast.email("secretary"))
    browser.post(f"/en/secretariat/affiliations/{claimed}/confirm/")
    log = browser.get("/fr/secretariat/audit/")
    assert "Appartenance confirmée" in log.text("tbody") and "affiliation.confirmed" not in log.text("tbody")
    assert (
        log(f"tbody a[href='/fr/secretariat/people/{cast.id('partner')}/']").get_text().startswith("李青禾")
    )
