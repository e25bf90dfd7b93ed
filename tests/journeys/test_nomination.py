"""The Secretariat leads a vacancy from its call to a mandate, in a real browser: consultation, nomination, acceptance."""

import re
from datetime import timedelta

import pytest

from permille.foundation.clock import now
from tests.journeys.ways import ways
from tests.looking import is_wider_than_its_window, violations

SEAT = "vacancies/e2/leader"


def sign_in(visit, lang, part, where, **how):
    page = visit(f"/{lang}/sign-in/?next=/{lang}/{where}", **how)
    page.fill("#email", f"{part}@demo.example")
    page.fill("#password", "four per thousand")
    page.press("#password", "Enter")
    page.wait_for_url(f"**/{lang}/{where}")
    return page


def press(page, selector):
    with page.expect_navigation():
        page.click(selector)


def well_made(page, javascript):
    if javascript:
        assert violations(page) == [] and not is_wider_than_its_window(page), page.url


@pytest.mark.parametrize(("database_url", "lang", "javascript", "width"), ways(), indirect=["database_url"])
def test_criterion_d3_from_the_closed_call_to_a_mandate_everybody_sees(visit, lang, javascript, width):
    how = {"width": width, "javascript": javascript}
    desk = sign_in(visit, lang, "secretary", f"{SEAT}/consultation/", **how)
    well_made(desk, javascript)
    desk.fill("[name=last_day]", f"{now().date() + timedelta(days=14)}")
    for box in desk.query_selector_all("input[name=panel]"):
        box.check()
    press(desk, "main form button.btn")
    desk.fill("[name=addresses]", "en-7@demo.example")
    press(desk, "form[action$='/addresses/'] button")
    well_made(desk, javascript)
    desk.goto(f"/{lang}/{SEAT}/consultation/invite/")
    well_made(desk, javascript)
    press(desk, "form[action$='/invite/'] button")
    asked = sign_in(visit, lang, "en-7", "me/offices/", **how)
    press(asked, "main a[href*='/consultations/']")
    well_made(asked, javascript)
    for choice in asked.query_selector_all("input[type=radio][value=none], input[type=radio][value=yes]"):
        choice.check()
    asked.check("[name=is_mine]")
    press(asked, "main form button.btn")
    press(asked, "button[name=send]")
    second = sign_in(visit, lang, "second-secretary", f"{SEAT}/consultation/declare/", **how)
    for one in (desk, second):
        one.goto(f"/{lang}/{SEAT}/consultation/declare/")
        one.check("input[name=relation][value=no]")
        press(one, "main form button.btn")
    well_made(desk, javascript)
    desk.goto(f"/{lang}/{SEAT}/nomination/")
    well_made(desk, javascript)
    press(desk, "main a.btn[href*='/propose/']")
    for field in desk.query_selector_all("main textarea"):
        field.fill("…")
    well_made(desk, javascript)
    press(desk, "main form button.btn")
    second.goto(f"/{lang}/{SEAT}/nomination/")
    press(second, "form[action$='/confirm/'] button")
    candidate = sign_in(visit, lang, "en-9", "me/offices/", **how)
    press(candidate, "main a[href*='/nominations/']")
    well_made(candidate, javascript)
    press(candidate, "main form button.btn:not(.alt)")
    assert re.search(r"/nominations/\d+/$", candidate.url)
    for other in ("ar", "en", "es", "fr", "ru", "zh"):
        page = visit(f"/{other}/{SEAT}/", javascript=javascript)
        assert "Kwame Boateng" in page.inner_text("main")
    desk.goto(f"/{lang}/{SEAT}/")
    press(desk, "main a[href*='/records/']")
    assert "Kwame Boateng" in desk.inner_text("main")
    well_made(desk, javascript)
