"""Leaders and representatives hear of new members, and welcome them once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.mail import message
from permille.foundation.site import set_contact
from permille.objectives.models import Objective
from permille.taskforces.models import Membership, Welcome
from tests.browser import Browser
from tests.campaigns.races import at_once
from tests.cast import change_row


def join(app, cast, part, code):
    browser = Browser(app).sign_in(cast.email(part))
    browser.post(f"/en/objectives/{code}/join/", role="member", contribution="Soil maps of my valley.")
    assert browser.post(f"/en/objectives/{code}/join/check/").status == 303


def test_the_leader_and_the_representative_of_the_region_are_told_in_their_languages(app, cast, mails):
    already = len(mails())
    join(app, cast, "newcomer", "a1")
    told = {mail["to"]: mail for mail in mails()[already:]}
    assert cast.email("leader") in told and cast.email("newcomer") in told
    assert "Soil maps of my valley." in told[cast.email("leader")]["body"]
    page = Browser(app).sign_in(cast.email("leader")).get("/fr/me/notifications/")
    assert page(".list a")["href"] == "/fr/objectives/a1/team/"


def test_the_representative_of_another_region_is_not_told(app, cast, mails):
    already = len(mails())
    join(app, cast, "partner", "a1")
    assert cast.email("representative") not in {mail["to"] for mail in mails()[already:]}


def test_the_notification_does_not_outlive_the_member_by_their_name(app, cast):
    join(app, cast, "partner", "a1")
    page = Browser(app).sign_in(cast.email("leader")).get("/en/me/notifications/")
    assert "Somebody new has joined" in page.text(".list")
    assert "李青禾" not in page.text(".list")


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORDS = "Querida Mariana, qué bien que estés con nosotros."


@pytest.fixture
def new(app, cast):
    """The page on which the member of A1 is welcomed."""
    with app.app_context():
        query = select(Membership.id).join(Membership.objective)
        row = db.session.scalars(
            query.where(Membership.person_id == cast.id("member"), Objective.code == "A1")
        ).one()
        return f"/en/joined/{row}/welcome/"


def test_the_leader_welcomes_a_new_member_once_in_the_members_language(app, cast, new, mails):
    with app.app_context():
        set_contact(db.session, "contact@secretariat.example")
        db.session.commit()
    leader = Browser(app).sign_in(cast.email("leader"))
    assert new in leader.get("/en/objectives/a1/team/").html
    proposed = leader.get(new)
    assert "Mariana" in proposed.text("textarea") and "Español" in proposed.text("main")
    before = len(mails())
    assert leader.post(new, words=" ").status == 422
    assert leader.post(new, words="x" * 2001).status == 422
    assert leader.post(new, words=WORDS).status == 303
    (mail,) = mails()[before:]
    assert mail["to"] == cast.email("member") and WORDS in mail["body"] and mail["lang"] == "es"
    assert cast.email("leader") not in mail["body"]
    assert message("k", mail, "P <no-reply@p.example>")["Reply-To"] == "contact@secretariat.example"
    page = leader.get("/en/objectives/a1/team/")
    assert "Welcomed by" in page.text("main") and new not in page.html
    assert "Welcomed by" in leader.get(new).text("main")
    leader.post(new, words="Again.")
    assert len(mails()) == before + 1
    told = Browser(app).sign_in(cast.email("member")).get("/en/me/notifications/")
    assert "You are welcomed to Task Force A1" in told.text("main")


def test_two_officers_at_once_welcome_once(app, cast, new, mails):
    officers = [Browser(app).sign_in(cast.email("leader")) for _ in range(2)]
    tokens, before = [one.token() for one in officers], len(mails())
    at_once(
        *(
            lambda one=one, token=token: one.post(new, token=token, words=WORDS).status
            for one, token in zip(officers, tokens, strict=True)
        )
    )
    assert len(mails()) == before + 1
    with app.app_context():
        assert len(db.session.scalars(select(Welcome.id)).all()) == 1


@ON_SQLITE
def test_only_officers_over_a_member_who_is_new_welcome_them(app, cast, new):
    for part in ("member", "representative", "partner", "secretary"):
        browser = Browser(app).sign_in(cast.email(part))
        assert browser.get(new).status == browser.post(new, words=WORDS).status == 403
        assert "New, not welcomed yet" not in browser.get("/en/objectives/a1/team/").text("main") or (
            part == "representative" and new not in browser.get("/en/objectives/a1/team/").html
        )
    change_row(app, Membership, int(new.split("/")[3]), created_at=now() - timedelta(days=61))
    leader = Browser(app).sign_in(cast.email("leader"))
    assert new not in leader.get("/en/objectives/a1/team/").html
    assert leader.post(new, words=WORDS).status == 403
