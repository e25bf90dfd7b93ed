"""Who is named to whom in a task force, and who reads what its members contribute."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Naming, Person
from permille.taskforces.models import Mandate, Membership, Office
from tests.browser import Browser

SHY = "Tesfaye Abebe"
WORDS = "I measure carbon in terraces."


@pytest.fixture
def shy(app):
    """Put somebody into A1 who is named as `naming` says, and return how to change that."""
    with app.app_context():
        a1 = db.session.scalars(select(Objective.id).where(Objective.code == "A1")).one()
        person = Person(email="shy@village.example", name=SHY, is_listed=False, affiliations=[])
        person.confirm()
        db.session.add(person)
        db.session.flush()
        db.session.add(Membership(objective_id=a1, person_id=person.id, contribution=WORDS))
        db.session.commit()
        row_id = person.id

    def wants(naming):
        with app.app_context():
            db.session.get(Person, row_id).naming = naming
            db.session.commit()

    return wants


def seen_by(app, cast, part):
    """Return what somebody reads on the page of A1 and of its team."""
    browser = Browser(app)
    if part != "visitor":
        browser.sign_in(cast.email(part))
    pages = [browser.get("/en/objectives/a1/"), browser.get("/en/objectives/a1/team/")]
    for page in pages:
        assert ("public" in page.headers["Cache-Control"]) == (part == "visitor")
    return " ".join(page.text("main") for page in pages)


@pytest.mark.parametrize(
    ("naming", "named_to"),
    [
        (Naming.EVERYONE, {"visitor", "partner", "member", "leader", "representative", "secretary"}),
        (Naming.TEAMMATES, {"member", "leader", "representative", "secretary"}),
        (Naming.OFFICERS, {"leader", "representative", "secretary"}),
    ],
)
def test_a_member_is_named_to_whom_they_choose(app, cast, shy, naming, named_to):
    shy(naming)
    parts = ("visitor", "partner", "member", "leader", "representative", "secretary")
    assert {part for part in parts if SHY in seen_by(app, cast, part)} == named_to


def test_an_unlisted_teammate_is_named_without_a_door_to_a_public_page(app, browser, cast, shy):
    browser.sign_in(cast.email("member"))
    page = browser.get("/en/objectives/a1/team/")
    assert "Not listed publicly" in page.text("main")
    assert SHY not in [a.get_text() for a in page.soup.select("main a")]


def test_an_unlisted_leader_is_named_to_the_team_and_to_nobody_else(app, browser, cast):
    with app.app_context():
        leader = db.session.get(Person, cast.id("leader"))
        leader.naming, name = Naming.TEAMMATES, leader.name
        db.session.commit()
    assert name in seen_by(app, cast, "member")
    assert name not in seen_by(app, cast, "visitor")
    assert name not in seen_by(app, cast, "partner")


def test_somebody_of_another_task_force_is_a_visitor_here(app, cast, shy):
    with app.app_context():
        b1 = db.session.scalars(select(Objective.id).where(Objective.code == "B1")).one()
        db.session.add(Membership(objective_id=b1, person_id=cast.id("partner")))
        db.session.add(Mandate(objective_id=b1, person_id=cast.id("newcomer"), office=Office.LEADER))
        db.session.commit()
    for part in ("partner", "newcomer"):
        assert SHY not in seen_by(app, cast, part)
        assert WORDS not in seen_by(app, cast, part)


def test_what_members_contribute_is_read_by_the_team_and_the_secretariat_only(app, cast, shy):
    shy(Naming.EVERYONE)
    parts = ("visitor", "partner", "member", "leader", "secretary")
    assert {part for part in parts if WORDS in seen_by(app, cast, part)} == {"member", "leader", "secretary"}


def test_the_choice_is_on_the_profile_and_kept(app, browser, cast):
    browser.sign_in(cast.email("member"))
    form = browser.get("/en/me/profile/")
    assert form("input[name=naming][checked]")["value"] == "everyone"
    assert browser.post("/en/me/profile/", name="Mariana Quispe", naming="officers").status == 303
    assert browser.get("/en/me/profile/")("input[name=naming][checked]")["value"] == "officers"
    assert "Mariana Quispe" not in Browser(app).get("/en/objectives/a1/team/").text("main")


@pytest.mark.parametrize(
    ("part", "role"),
    [
        ("leader", "You lead this task force"),
        ("representative", "You represent this region here: Africa"),
        ("member", "You are in this team"),
    ],
)
def test_the_page_says_what_somebody_is_in_it(browser, cast, part, role):
    browser.sign_in(cast.email(part))
    assert role in browser.get("/en/objectives/a1/").text("#join-card")
