"""A member is asked to leave, or suspended, by the right people, with a reason and a time; and is told."""

import pytest
from sqlalchemy import select

from permille.exclusions.models import Exclusion, Measure
from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.people.models import Person, Role
from permille.taskforces.models import Mandate, Membership
from tests.browser import Browser
from tests.campaigns.races import at_once
from tests.cast import change
from tests.exclusions.conftest import ON_SQLITE, REASON, day

NAME = "Mariana Quispe"


def form(measure="leaving", days=20, reason=REASON):
    return {"measure": measure, "last_day": day(days), "reason": reason}


def test_the_leader_asks_a_member_to_leave_who_reads_why_and_stays_until_the_day(
    of, cast, membership, mails, state
):
    leader, before = of("leader"), len(mails())
    assert f"/en/exclusions/of/{membership}/" in leader.get("/en/objectives/a1/team/").html
    done = leader.post(f"/en/exclusions/of/{membership}/", **form())
    assert done.status == 303 and state() == (False, False, [""])
    (mail,) = mails()[before:]
    assert mail["to"] == cast.email("member") and mail["lang"] == "es" and REASON in mail["body"]
    assert cast.email("leader") not in mail["body"]
    page = of("member").get(done.location).text("main")
    assert REASON in page and "Task Force Leader" in page and "you can appeal once" in page
    assert NAME in Browser(leader.client.application).get("/en/objectives/a1/team/").text("main")
    assert done.location in of("member").get("/en/me/").html


def test_a_suspended_member_is_of_the_team_no_more_for_a_while(app, of, membership, state):
    public = Browser(app).get("/en/objectives/a1/team/")
    assert NAME in public.text("main")
    done = of("leader").post(f"/en/exclusions/of/{membership}/", **form("suspension", 30))
    assert done.status == 303 and state() == (False, True, [""])
    assert NAME not in Browser(app).get("/en/objectives/a1/team/").text("main")
    team = of("leader").get("/en/objectives/a1/team/")
    assert NAME in team.text("#exclusions ~ ul") and NAME not in team.text("#members ~ ul")
    member = of("member")
    assert "You are suspended from this task force" in member.get("/en/objectives/a1/").text("#join-card")
    assert "shown to this team only" not in member.get("/en/objectives/a1/team/").text("main")
    assert member.post("/en/objectives/a1/leave/").status == 303


@ON_SQLITE
@pytest.mark.parametrize(
    ("measure", "days"), [("leaving", 13), ("leaving", 200), ("suspension", 91), ("suspension", 0), ("", 20)]
)
def test_a_notice_is_never_short_and_a_suspension_never_long(of, membership, state, measure, days):
    page = of("leader").post(f"/en/exclusions/of/{membership}/", **form(measure, days))
    assert page.status == 422 and REASON in page.text("main") and state()[2] == []


@ON_SQLITE
def test_a_decision_needs_its_reason(of, membership):
    assert of("leader").post(f"/en/exclusions/of/{membership}/", **form(reason=" ")).status == 422


@ON_SQLITE
def test_only_officers_over_the_member_and_the_secretariat_decide(app, of, cast, membership, state):
    where = f"/en/exclusions/of/{membership}/"
    for part in ("member", "representative", "partner", "newcomer"):
        assert of(part).get(where).status == of(part).post(where, **form()).status == 403
    with app.app_context():
        db.session.get_one(Membership, membership).region = "africa"
        db.session.commit()
    assert of("representative").get(where).status == 200
    change(app, cast.id("member"), role=Role.SECRETARY)
    assert of("member").post(where, **form()).status == 403
    assert state()[2] == []


@ON_SQLITE
def test_the_office_ends_before_its_holder_can_be_asked_to_leave(app, of, cast, membership):
    with app.app_context():
        objective = db.session.get_one(Membership, membership).objective_id
        db.session.add(
            Mandate(
                objective_id=objective, person_id=cast.id("member"), office="representative", region="europe"
            )
        )
        db.session.commit()
    where = f"/en/exclusions/of/{membership}/"
    assert "The office has to end first" in of("secretary").get(where).text("main")
    assert of("secretary").post(where, **form()).status == 403


@ON_SQLITE
def test_a_decision_is_read_by_the_member_the_decider_and_the_secretariat_only(of, decided):
    where = decided(by="secretary")
    for part in ("leader", "representative", "partner"):
        assert of(part).get(where).status == 404
    for part in ("member", "secretary", "second-secretary"):
        assert REASON in of(part).get(where).text("main")
    assert "@demo.example" not in of("member").get(where).text("#main")


@ON_SQLITE
def test_who_decided_or_the_secretariat_takes_it_back_with_a_reason(of, decided, state, cast, mails):
    where = decided(Measure.SUSPENSION)
    assert of("member").post(f"{where}take-back/", reason="No.").status == 403
    assert of("second-secretary").post(f"{where}take-back/", reason=" ").status == 422
    assert of("leader").post(f"{where}take-back/", reason="We have spoken.").status == 303
    assert state() == (False, False, ["taken_back"])
    assert mails()[-1]["to"] == cast.email("member") and "We have spoken." in mails()[-1]["body"]
    assert of("leader").post(f"{where}take-back/", reason="Again.").status == 403
    assert of("member").post(f"{where}appeal/", words="Why?").status == 403


def test_two_officers_at_once_make_one_decision(app, of, membership, state):
    officers = [of("leader"), of("secretary")]
    tokens = [one.token() for one in officers]
    got = at_once(
        *(
            lambda one=one, token=token: (
                one.post(f"/en/exclusions/of/{membership}/", token=token, **form()).location
            ).endswith("team/")
            for one, token in zip(officers, tokens, strict=True)
        )
    )
    assert sorted(got) == [False, True] and state()[2] == [""]


@ON_SQLITE
def test_the_log_says_that_it_was_decided_and_not_why(app, of, membership):
    of("leader").post(f"/en/exclusions/of/{membership}/", **form())
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "exclusion.asked")).one()
        assert entry.details == {"objective": "A1"}
    assert "asked a member to leave a task force" in of("secretary").get("/en/secretariat/audit/").text(
        "main"
    )


@ON_SQLITE
def test_who_deletes_their_account_takes_the_decision_along_and_who_decided_leaves_it(
    app, of, decided, cast, change_exclusion
):
    where = decided(by="second-secretary")
    assert REASON in of("member").post("/en/me/data/").html
    theirs = of("second-secretary").post("/en/me/data/").html
    assert "decisions about members" in theirs and REASON not in theirs
    assert of("second-secretary").post("/en/me/delete/").status == 303
    assert REASON in of("member").get(where).text("main")
    assert of("member").post("/en/me/delete/").status == 303
    with app.app_context():
        assert db.session.scalars(select(Exclusion)).all() == []


@ON_SQLITE
def test_a_team_of_many_costs_an_officer_no_more_statements(app, of, membership, statements):
    leader, before = of("leader"), []
    for _ in range(2):
        statements.clear()
        page = leader.get("/en/objectives/a1/team/")
        before.append((len(statements), len(page.soup.select("a[href*='/exclusions/of/']"))))
        with app.app_context():
            a1 = db.session.get_one(Membership, membership).objective_id
            there = select(Membership.person_id).where(Membership.objective_id == a1)
            others = db.session.scalars(select(Person.id).where(Person.id.not_in(there)).limit(15))
            db.session.add_all([Membership(objective_id=a1, person_id=one) for one in others])
            db.session.commit()
    (few, links), (many, more) = before
    assert more >= links + 15 and many == few
