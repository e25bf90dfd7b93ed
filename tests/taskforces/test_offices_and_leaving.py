"""What becomes of an office when its holder leaves the team, or the platform."""

import pytest
from sqlalchemy import select

from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate
from tests.browser import Browser


def mandates(app, code="A1", region=None):
    with app.app_context():
        query = select(Mandate).join(Mandate.objective).where(Objective.code == code)
        return db.session.scalars(
            query.where(Mandate.region.is_(None) if not region else Mandate.region == region)
        ).all()


def test_a_leader_who_is_no_team_member_reads_how_to_give_the_office_up(browser, cast):
    browser.sign_in(cast.email("leader"))
    page = browser.get("/en/objectives/a1/leave/")
    assert page.status == 200
    assert "You lead this task force" in page.text("main")
    assert "write to the Executive Secretariat" in page.text("main")
    assert page("main form") is None
    assert browser.post("/en/objectives/a1/leave/").status == 403


def test_leaving_the_team_says_that_an_office_stays(browser, cast):
    browser.sign_in(cast.email("representative"))
    browser.post("/en/objectives/a1/join/", role="member", contribution="Terraces.")
    browser.post("/en/objectives/a1/join/check/")
    page = browser.get("/en/objectives/a1/leave/")
    assert "You keep this office when you leave the team." in page.text("main")
    assert browser.post("/en/objectives/a1/leave/").status == 303
    assert "You represent this region here" in browser.get("/en/objectives/a1/").text("#join-card")


def test_a_member_without_an_office_reads_nothing_of_offices(browser, cast):
    browser.sign_in(cast.email("member"))
    assert "office" not in browser.get("/en/objectives/a1/leave/").text("main")


@pytest.mark.parametrize(("part", "region"), [("leader", None), ("representative", "africa")])
def test_an_office_ends_with_the_account_and_the_secretariat_is_told(app, browser, cast, mails, part, region):
    with app.app_context():
        name = db.session.get(Person, cast.id(part)).name
    browser.sign_in(cast.email(part))
    assert browser.post("/en/me/delete/").status == 303
    (kept,) = mandates(app, region=region)
    assert kept.ended_at is not None and kept.person_id is None
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "mandate.ended")).one()
        assert (entry.object_id, entry.details["objective"], entry.details["region"]) == (
            kept.id,
            "A1",
            region,
        )
    told = [mail for mail in mails() if "A1" in mail["subject"]]
    assert {mail["to"] for mail in told} == {cast.email("secretary"), cast.email("second-secretary")}
    assert ("Afri" in told[0]["body"]) == (region == "africa")
    assert name not in told[0]["body"] + told[0]["subject"]
    assert name not in Browser(app).get("/en/objectives/a1/team/").text("main")


def test_a_member_of_the_secretariat_who_goes_is_not_written_to_about_it(app, browser, cast, mails):
    with app.app_context():
        for one in db.session.scalars(select(Mandate).join(Mandate.objective).where(Objective.code == "A1")):
            one.end()
        db.session.flush()
        a1 = db.session.scalars(select(Objective.id).where(Objective.code == "A1")).one()
        db.session.add(Mandate(objective_id=a1, person_id=cast.id("secretary"), office="leader"))
        db.session.commit()
    browser.sign_in(cast.email("secretary"))
    assert browser.post("/en/me/delete/").status == 303
    told = [mail["to"] for mail in mails() if "A1" in mail["subject"]]
    assert told == [cast.email("second-secretary")]
