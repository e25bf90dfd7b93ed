"""Proposals that come too late or cannot be: whoever decides and whoever stands learn what happened."""

from sqlalchemy import select

from permille.exclusions.models import DecidedAs, Exclusion, Measure
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.taskforces.models import Membership
from tests.browser import Browser
from tests.nominations.conftest import NOMINATION, nomination, proposal


def test_whoever_confirms_too_late_reads_what_happened(app, cast, second, proposed, applied):
    candidate = Browser(app).sign_in(cast.email("partner"))
    assert candidate.post(f"/en/applications/{applied}/stand-down/").status == 303
    for act, more in (("confirm", {}), ("withdraw", {"reason": "Too early."})):
        sent = second.post(f"{NOMINATION}/{act}/", nomination=proposed, **more)
        assert sent.location == f"{NOMINATION}/"
        assert "has stood down" in second.get(sent.location).text()


def test_nobody_is_proposed_or_confirmed_who_is_kept_out_of_the_task_force(
    app, cast, desk, second, answered, applied
):
    def keep_out():
        with app.app_context():
            one = (
                db.session.query(Membership)
                .filter_by(person_id=cast.id("partner"))
                .join(Membership.objective)
            )
            one = one.filter(Objective.code == "C2").first() or Membership(person_id=cast.id("partner"))
            one.objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
            db.session.add(one)
            said = {"reason": "x", "decided_as": DecidedAs.SECRETARIAT, "last_day": now().date()}
            db.session.add(Exclusion(membership=one, measure=Measure.LEAVING, **said))
            db.session.commit()

    assert desk.post(f"{NOMINATION}/propose/{applied}/", **proposal()).status == 303
    keep_out()
    words = "was asked to leave this task force"
    assert words in second.get(f"{NOMINATION}/").text("main")
    sent = second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"])
    assert words in second.get(sent.location).text() and nomination(app)["confirmed_at"] is None
    assert desk.post(f"{NOMINATION}/withdraw/", nomination=nomination(app)["id"], reason="x").status == 303
    page = desk.get(f"{NOMINATION}/")
    assert words in page.text("main") and page(f"a[href$='propose/{applied}/']") is None
    sent = desk.post(f"{NOMINATION}/propose/{applied}/", **proposal())
    assert words in desk.get(sent.location).text()


def test_candidates_are_told_once_that_the_decision_is_being_taken(
    app, cast, desk, second, answered, applied, rival, mails
):
    reasons = {f"refusal-{rival}": "They are new."}
    before = len(mails())
    for _twice in range(2):
        page = desk.get(f"{NOMINATION}/propose/{applied}/")
        names = [one["name"] for one in page.soup.select("main textarea")]
        said = {name: "Said." for name in names if name != "reason"} | reasons
        assert desk.post(f"{NOMINATION}/propose/{applied}/", **proposal(**said)).status == 303
        second.post(f"{NOMINATION}/withdraw/", nomination=nomination(app)["id"], reason="Not yet.")
    told = [
        mail["to"] for mail in mails()[before:] if mail["to"] in (cast.email("partner"), cast.email("member"))
    ]
    assert sorted(told) == sorted([cast.email("partner"), cast.email("member")])
