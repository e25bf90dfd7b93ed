"""The published contact, and reading the audit log."""

import re
from datetime import timedelta

from permille.foundation.clock import now
from permille.secretariat.acts import ACTS
from permille.secretariat.merging import ACT
from tests.architecture.sources import ROOT


def test_a_contact_is_published_on_the_help_page_at_once(browser, desk):
    old = browser.get("/en/help/")
    assert "secretariat@demo.example" in old.text("main")
    assert desk.post("/en/secretariat/contact/", email="no address").status == 422
    assert desk.post("/en/secretariat/contact/", email="soils@secretariat.example").status == 303
    fresh = browser.get("/en/help/", If_None_Match=old.headers["ETag"])
    assert fresh.status == 200 and "soils@secretariat.example" in fresh.text("main")
    desk.post("/en/secretariat/contact/", email="")
    assert "has not published an address" in browser.get("/en/help/").text("main")


def test_the_log_is_narrowed_by_act_by_person_and_by_record(desk, cast):
    desk.post("/en/secretariat/contact/", email="soils@secretariat.example")
    desk.post(f"/en/secretariat/people/{cast.id('member')}/sign-out/")
    log = "/en/secretariat/audit/"
    assert "changed the published contact" in desk.get(log + "?action=contact.changed").text("tbody")
    assert "signed somebody out" not in desk.get(log + "?action=contact.changed").text("tbody")
    assert "signed somebody out" in desk.get(f"{log}?person={cast.id('secretary')}").text("tbody")
    about = desk.get(f"{log}?about=person&record={cast.id('member')}")
    assert "signed somebody out" in about.text("tbody") and "contact" not in about.text("tbody")
    assert (
        about(f"tbody a[href='/en/secretariat/people/{cast.id('member')}/']").get_text() == "Mariana Quispe"
    )
    assert "No act fits" in desk.get(f"{log}?person={cast.id('member')}").text("main")
    assert desk.get(f"{log}?before=99999999999999999999").status == 404


def test_the_log_is_narrowed_by_the_name_of_who_acted_and_by_days(desk):
    desk.post("/en/secretariat/contact/", email="soils@secretariat.example")
    log, today = "/en/secretariat/audit/", now().date()
    name = desk.get(log).text("tbody td:nth-child(2)").split()[0].upper()
    assert "published contact" in desk.get(f"{log}?q={name}").text("tbody")
    assert "No act fits" in desk.get(f"{log}?q=nobody-of-this-name").text("main")
    assert "published contact" in desk.get(f"{log}?since={today}&until={today}").text("tbody")
    for period in (f"since={today + timedelta(days=1)}", f"until={today - timedelta(days=1)}"):
        assert "No act fits" in desk.get(f"{log}?{period}").text("main")
    assert desk.get(f"{log}?since=nonsense&until=9999-12-31").status == 200


def test_a_changed_text_leads_back_to_the_text(desk):
    path = "/en/secretariat/texts/passages/terms/en/"
    page = desk.get(path)
    desk.post(path, text="Terms, as decided.", stamp=page("input[name=stamp]")["value"])
    assert desk.get("/en/secretariat/audit/")(f"tbody a[href='{path}']")


def test_every_act_that_is_recorded_anywhere_has_words():
    recorded = set()
    for path in (ROOT / "platform" / "permille").rglob("*.py"):
        for call in re.findall(r"audit\.record\(([^)]*)", path.read_text("utf-8")):
            recorded |= set(re.findall(r'"([a-z]+\.[a-z_]+)"', call))
    assert len(recorded) > 25 and recorded | {ACT} <= set(ACTS)
