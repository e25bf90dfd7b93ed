"""Who was made to leave joins again after 180 days, and who is suspended takes no office."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from permille.exclusions.models import DecidedAs, Exclusion, Measure
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.joining import join
from permille.taskforces.keeping_out import StaysOut
from permille.taskforces.models import Membership
from permille.vacancies.models import Application
from tests.browser import Browser
from tests.consultations.conftest import begun, desk, prepared, second
from tests.exclusions.conftest import ON_SQLITE
from tests.nominations.conftest import answered, offered, proposed
from tests.taskforces.test_joining import WHO, link_in
from tests.vacancies.conftest import ANSWERS, SEAT, applied, call, change_vacancy

__all__ = [
    "answered",
    "applied",
    "begun",
    "call",
    "change_vacancy",
    "desk",
    "offered",
    "prepared",
    "proposed",
    "second",
]

JOIN = "/en/objectives/a1/join/"


def present(app, cast):
    with app.app_context():
        query = select(func.count(Membership.id)).join(Membership.objective)
        return db.session.scalar(
            query.where(
                Membership.person_id == cast.id("member"),
                Objective.code == "A1",
                Membership.ended_at.is_(None),
            )
        )


def test_who_was_made_to_leave_reads_until_when_and_whom_to_ask(app, of, cast, decided, later):
    decided(days=14)
    later(15)
    member = of("member")
    page = member.get(JOIN)
    assert "You can join again after" in page.text("main") and "Executive Secretariat" in page.text("main")
    assert member.post(JOIN, role="member", contribution="Maps.").status == 409
    with app.app_context():
        person = db.session.get_one(Person, cast.id("member"))
        a1 = db.session.scalars(select(Objective).where(Objective.code == "A1")).one()
        with pytest.raises(StaysOut):
            join(db.session, person, a1, "Maps.")
        db.session.rollback()
    later(181)
    again = of("member")
    again.post(JOIN, role="member", contribution="Maps.")
    assert again.post(f"{JOIN}check/").status == 303 and present(app, cast) == 1


@ON_SQLITE
def test_a_form_answered_before_the_decision_is_refused_when_it_is_sent(app, of, cast, decided):
    member = of("member")
    member.post("/en/objectives/a1/leave/")
    member.post(JOIN, role="member", contribution="Maps.")
    decided(days=14)
    assert member.post(f"{JOIN}check/").status == 409 and present(app, cast) == 0


@ON_SQLITE
def test_the_mailed_link_lets_nobody_back_in_either(app, browser, cast, decided, later, mails):
    decided(days=14)
    later(15)
    browser.post(JOIN, role="member", contribution="Maps.")
    browser.post(f"{JOIN}email/", **{**WHO, "email": cast.email("member")})
    browser.post(f"{JOIN}check/")
    mail = mails()[-1]
    elsewhere = Browser(app)
    elsewhere.get(link_in(mail), follow=True)
    page = elsewhere.post("/en/join/confirm/")
    assert page.status == 409 and "You can join again after" in page.text("main")
    assert present(app, cast) == 0


@ON_SQLITE
def test_leaving_oneself_does_not_open_the_way_back(app, of, cast, decided):
    decided(days=14)
    member = of("member")
    page = member.get("/en/objectives/a1/leave/").text("main")
    assert "you cannot join again for 180 days" in page and "at any time" not in page
    assert "at any time" not in member.post("/en/objectives/a1/leave/", follow=True).text()
    assert "You can join again after" in member.get(JOIN).text("main")
    assert present(app, cast) == 0


@ON_SQLITE
def test_a_notice_taken_back_leaves_the_way_open(of, decided):
    where = decided(days=14)
    of("leader").post(f"{where}take-back/", reason="Settled.")
    member = of("member")
    member.post("/en/objectives/a1/leave/")
    assert member.get(JOIN)("form textarea") is not None


@ON_SQLITE
def test_who_is_suspended_does_not_come_back_by_leaving(of, decided):
    decided(Measure.SUSPENSION, days=30)
    member = of("member")
    member.post("/en/objectives/a1/leave/")
    assert "You are suspended from this task force until" in member.get(JOIN).text("main")


def suspend_partner(app, cast):
    with app.app_context():
        c2 = db.session.scalars(select(Objective.id).where(Objective.code == "C2")).one()
        membership = Membership(objective_id=c2, person_id=cast.id("partner"), suspended_at=now())
        one = Exclusion(
            membership=membership, measure=Measure.SUSPENSION, reason="x", decided_by_id=cast.id("secretary"),
            decided_as=DecidedAs.SECRETARIAT, last_day=now().date() + timedelta(days=30),
        )  # fmt: skip
        db.session.add_all([membership, one])
        db.session.commit()


@ON_SQLITE
def test_who_is_suspended_cannot_stand_for_an_office_there(app, of, cast, call):
    partner = of("partner")
    assert partner.post(f"{SEAT}/apply/", **ANSWERS).status == 303
    suspend_partner(app, cast)
    for page in (partner.get(f"{SEAT}/apply/"), partner.post(f"{SEAT}/apply/check/")):
        assert "or are suspended from it" in page.text("main")
    with app.app_context():
        mine = select(Application.sent_at).where(Application.person_id == cast.id("partner"))
        assert db.session.scalar(mine) is None


@ON_SQLITE
def test_who_is_suspended_cannot_take_an_office_they_were_nominated_for(app, of, cast, offered):
    partner = of("partner")
    suspend_partner(app, cast)
    page = partner.post(f"/en/nominations/{offered}/accept/")
    assert page.status == 409 and "or are suspended from it" in page.text("main")
