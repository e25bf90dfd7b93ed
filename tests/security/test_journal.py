"""The journal: who did what, in lines of JSON, and nothing of what anybody wrote, sent or is called."""

import io
import json

import pytest
from flask.logging import default_handler
from sqlalchemy import select

from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from tests.browser import Browser
from tests.people.following import link_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.fixture
def journal(app):
    """Return a function that reads the journal of this test, line by line."""
    written = io.StringIO()
    before = default_handler.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    default_handler.setStream(before)


def requests_in(lines):
    return [line for line in lines if line["event"] == "request"]


def test_a_write_is_written_down_with_who_what_and_how_it_went(app, cast, journal):
    member = Browser(app).sign_in(cast.email("member"))
    member.post("/fr/objectives/b1/join/", role="member", contribution="Cartes.")
    line = requests_in(journal())[-1]
    assert (line["actor"], line["role"], line["action"]) == (
        cast.id("member"),
        "person",
        "taskforces.join_answers",
    )
    assert (line["status"], line["decision"], line["object"]) == (303, "done", {"code": "b1"})
    assert line["request"] and line["at"].endswith("+00:00") and line["ms"] >= 0


def test_reading_is_not_written_down_and_a_refusal_is(app, cast, journal):
    member = Browser(app).sign_in(cast.email("member"))
    before = len(journal())
    member.get("/en/")
    member.get("/en/nowhere/")
    assert len(journal()) == before
    assert member.get("/en/secretariat/").status == 403
    assert journal()[-1]["decision"] == "refused" and journal()[-1]["action"] == "secretariat.desk"


def test_nothing_anybody_typed_or_carries_is_in_the_journal(app, cast, journal, mails):
    routes = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    visitor = Browser(app)
    visitor.post("/en/sign-up/", email="canary-one@canary.example", language="en")
    token = link_in(mails()[-1]).split("/")[-2]
    visitor.get(link_in(mails()[-1]))
    visitor.post("/en/sign-in/?next=/canary-two/", email="canary-3@canary.example", password="canary-four")
    member = Browser(app).sign_in(cast.email("member"))
    member.post("/en/me/profile/", name="Canary Five", about="canary-six", languages="canary-7")
    member.post("/en/objectives/b1/join/?q=canary-8", role="member", contribution="canary-nine")
    boom = next(
        rule for rule in routes if rule.endpoint.startswith("people.") and "/me/profile/" in rule.rule
    )

    def fail(**_values):
        raise RuntimeError("canary-ten canary@canary.example") from ValueError("canary-eleven")

    app.view_functions[boom.endpoint] = fail
    page = member.post("/en/me/profile/?q=canary-twelve", name="Canary")
    assert page.status == 500
    text = json.dumps(journal(), ensure_ascii=False).lower()
    cookie = member.client.get_cookie("sid").value
    for secret in ("canary", token, cookie, cast.email("member"), "four per thousand"):
        assert secret.lower() not in text, secret


def test_a_failure_has_a_number_one_can_give_and_the_kind_and_place_of_what_happened(app, cast, journal):
    def fail():
        db.session.execute(select(AuditEntry).where(AuditEntry.action == "canary").limit(-1).offset(-1))
        raise RuntimeError("canary")

    app.view_functions["portals.about"] = fail
    page = Browser(app).get("/ru/about/")
    failed = next(line for line in journal() if line["event"] == "failed")
    assert page.status in (500, 503) and failed["request"] in page.text("main")
    assert failed["error"] and any("test_journal.py" in place for place in failed["where"])


def test_signing_in_and_out_and_not_in_stand_in_the_audit_log(app, cast):
    browser = Browser(app)
    browser.post("/en/sign-in/", email=cast.email("member"), password="not this one")
    browser.post("/en/sign-in/", email="nobody@x.example", password="not this one")
    browser.sign_in(cast.email("member")).post("/en/sign-out/")
    with app.app_context():
        acts = db.session.execute(
            select(AuditEntry.action, AuditEntry.object_id)
            .where(AuditEntry.action.like("session.%"))
            .order_by(AuditEntry.id)
        ).all()
    member = cast.id("member")
    assert acts == [
        ("session.refused", member),
        ("session.refused", None),
        ("session.opened", member),
        ("session.closed", member),
    ]


def test_a_sign_in_with_a_new_kind_of_device_is_told_to_its_owner(app, cast, mails):
    def sign_in_with(device):
        browser = Browser(app)
        browser.client.environ_base["HTTP_USER_AGENT"] = device
        browser.sign_in(cast.email("member")).post("/en/sign-out/")
        return [mail["subject"] for mail in mails()]

    assert sign_in_with(FIREFOX) == []
    assert sign_in_with(FIREFOX.replace("140", "150")) == []
    assert len(sign_in_with(CHROME)) == 1 and "Chrome, Windows" in mails()[0]["body"]
    assert len(sign_in_with(CHROME)) == 1 and len(sign_in_with(FIREFOX)) == 1
