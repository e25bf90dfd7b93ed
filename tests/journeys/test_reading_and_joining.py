"""What people do, in a real browser: reading, switching, joining, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import is_wider_than_its_window, violations

PAGES = (
    "", "objectives/", "objectives/a1/", "objectives/a1/team/", "objectives/a1/join/", "regions/", "africa/", "about/",
    "help/", "accessibility/", "privacy/", "terms/", "search/?q=a", "sign-in/", "sign-up/", "nowhere/",
)  # fmt: skip
PRIVATE = (
    "me/",
    "objectives/c1/join/",
    "secretariat/",
    "secretariat/organisations/",
    "secretariat/people/",
    "secretariat/strategy/",
)


def sign_in(page, email):
    page.goto("/en/sign-in/")
    page.fill("#email", email)
    page.fill("#password", "four per thousand")
    page.press("#password", "Enter")
    expect(page.locator(".strip .me")).to_contain_text("My page")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_criterion_6_axe_finds_nothing_on_any_public_page(visit, lang):
    page = visit(f"/{lang}/", width=390)
    for path in PAGES:
        page.goto(f"/{lang}/{path}")
        assert violations(page) == [], path
        assert not is_wider_than_its_window(page), path


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_criterion_6_axe_finds_nothing_in_the_dark_for_people_who_are_signed_in(visit, lang):
    page = visit("/en/", dark=True)
    sign_in(page, "secretary@demo.example")
    for path in PRIVATE:
        page.goto(f"/{lang}/{path}")
        assert violations(page) == [], path


@pytest.mark.parametrize("lang", ["ar", "ru", "zh", "fr", "es"])
def test_criterion_7_nothing_scrolls_sideways_at_320_pixels_or_with_text_twice_the_size(visit, lang):
    page = visit(f"/{lang}/", width=320)
    for path in ("", "objectives/a6/", "africa/", "objectives/a1/join/", "sign-in/"):
        page.goto(f"/{lang}/{path}")
        assert not is_wider_than_its_window(page), path
    page.set_viewport_size({"width": 640, "height": 900})
    for path in ("", "objectives/a6/"):
        page.goto(f"/{lang}/{path}")
        page.add_style_tag  # noqa: B018 (the policy forbids it: size is set through the root element instead)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not is_wider_than_its_window(page), path


@pytest.mark.parametrize("javascript", [True, False])
def test_criterion_2_a_newcomer_joins_and_the_secretary_sees_them(visit, javascript):
    page = visit("/en/", javascript=javascript)
    page.click("text=NDCs")
    page.click(".join a.btn")
    page.check("input[value=member]")
    page.fill("#contribution", "I can test soils in three villages.")
    page.click("form .btn >> nth=0")
    page.fill("#email", "new@village.example")
    page.fill("#name", "Amina Ben Ali")
    page.select_option("#country", "TN")
    page.click("form .btn >> nth=0")
    page.click("form .btn >> nth=0")
    expect(page.locator("main")).to_contain_text("new@village.example")


def test_criterion_9_a_half_filled_form_keeps_its_answers_when_the_language_changes(visit):
    page = visit("/en/objectives/b1/join/")
    page.fill("#contribution", "Half a sentence")
    page.click(".langs a[lang=ar]")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#contribution")).to_have_value("Half a sentence")


def test_criterion_14_focus_goes_to_the_summary_of_a_failed_form(visit):
    page = visit("/en/objectives/b1/join/")
    page.click("form .btn >> nth=0")
    expect(page.locator(".errsum")).to_be_focused()
    page.click(".errsum a >> nth=0")
    assert re.match(r".*#role", page.url)


def test_criterion_23_main_targets_are_large_and_focus_is_visible(visit):
    page = visit("/ar/objectives/a1/", width=390)
    small = page.evaluate(
        "[...document.querySelectorAll('.btn, .icon-btn, .chips a')].filter(e => e.offsetParent)"
        ".filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )
    assert small == []
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_criterion_2_the_menu_opens_without_javascript(visit):
    page = visit("/en/", width=390, javascript=False)
    page.click(".menu-btn")
    expect(page.locator("#nav a").first).to_be_visible()
