"""Nothing typed is lost, in a real browser: a reload, another language, a failed send, an ended session."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import create_engine, text

from tests.engines import ON_SQLITE
from tests.looking import sign_in

ABOUT = "I have measured soil carbon since 1998."


@pytest.fixture
def end_sessions(database_url):
    def end():
        engine = create_engine(database_url)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM signed_in"))
        engine.dispose()

    return end


def join(page, role="member"):
    page.check(f"input[value={role}]")
    page.fill("#contribution", "Soil maps of three villages.")
    page.click("#join-form .btn >> nth=0")


@pytest.mark.parametrize("javascript", [True, False])
def test_criterion_16_a_form_survives_a_session_that_ended(visit, end_sessions, javascript):
    page = visit("/en/", javascript=javascript)
    sign_in(page, "member")
    page.goto("/en/me/profile/")
    page.fill("#about", ABOUT)
    end_sessions()
    page.click("main form .btn")
    expect(page.locator("main .note")).to_contain_text("what you wrote is kept")
    page.fill("#email", "member@demo.example")
    page.fill("#password", "four per thousand")
    page.click("main form .btn")
    expect(page.locator("#about")).to_have_value(ABOUT)
    page.click("main form .btn")
    expect(page.locator(".flash")).to_contain_text("saved")
    page.goto("/en/me/profile/")
    expect(page.locator("#about")).to_have_value(ABOUT)


@ON_SQLITE
def test_criterion_9_every_longer_form_keeps_its_answers_when_the_language_changes(visit):
    page = visit("/en/objectives/b1/join/")
    join(page)
    page.fill("#name", "Amina")
    page.select_option("#country", "TN")
    page.click(".langs a[lang=fr]")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#name")).to_have_value("Amina")
    expect(page.locator("#country")).to_have_value("TN")

    member = visit("/en/")
    sign_in(member, "member")
    member.goto("/en/me/profile/")
    before = member.input_value("#name")
    member.fill("#about", ABOUT)
    member.check("[name=naming][value=officers]")
    member.click(".langs a[lang=zh]")
    expect(member.locator("#about")).to_have_value(ABOUT)
    expect(member.locator("[name=naming][value=officers]")).to_be_checked()
    expect(member.locator("#name")).to_have_value(before)
    member.click("main form .btn")
    expect(member.locator(".flash")).to_be_visible()
    assert member.evaluate("Object.keys(localStorage)") == []


def test_criterion_16_a_form_that_could_not_be_sent_says_so_and_keeps_its_text(visit):
    page = visit("/en/objectives/b1/join/")
    page.route(
        "**/join/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    join(page)
    expect(page.locator("#join-form .unsent")).to_contain_text("Not sent")
    expect(page.locator("#status")).to_contain_text("Not sent")
    page.unroute("**/join/")
    page.evaluate("document.querySelector('[name=csrf_token]').value = 'stale'")
    page.click("#join-form .btn >> nth=0")
    expect(page.locator("#join-form .unsent")).to_contain_text("The form was open too long")
    page.reload()
    expect(page.locator("#contribution")).to_have_value("Soil maps of three villages.")


@ON_SQLITE
def test_criterion_14_the_title_of_a_failed_form_says_error_after_a_swap_too(visit):
    page = visit("/en/objectives/b1/join/")
    page.click("#join-form .btn >> nth=0")
    expect(page.locator(".errsum")).to_be_focused()
    assert page.title().startswith("Error:")


@ON_SQLITE
def test_asking_for_an_office_shows_its_page_once_and_whole(visit):
    page = visit("/en/objectives/a1/join/")
    join(page, "leader")
    expect(page.locator("h1")).to_have_text("How to become Task Force Leader")
    assert page.locator("header").count() == 1 and page.locator("main").count() == 1
