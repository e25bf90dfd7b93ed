"""What people do, in a real browser: reading, switching, joining, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.engines import ON_SQLITE
from tests.looking import impose_spacing, is_wider_than_its_window, sign_in, violations

PAGES = (
    "", "objectives/", "objectives/a1/", "objectives/a1/team/", "objectives/a1/join/", "regions/", "vacancies/", "africa/", "about/",
    "help/", "accessibility/", "privacy/", "terms/", "search/?q=a", "sign-in/", "sign-up/", "nowhere/",
)  # fmt: skip
PRIVATE = (
    "me/", "me/profile/", "me/sessions/", "me/organisation/?q=a", "me/data/", "me/delete/", "objectives/c1/join/",
    "secretariat/", "secretariat/organisations/", "secretariat/organisations/1/", "secretariat/organisations/1/facts/",
    "secretariat/organisations/1/merge/?q=a", "secretariat/organisations/1/merge/?into=2", "secretariat/organisations/import/",
    "secretariat/people/", "secretariat/people/5/", "secretariat/people/5/role/", "secretariat/people/5/suspend/",
    "secretariat/invitations/", "secretariat/texts/", "secretariat/texts/objectives/a1/fr/", "secretariat/contact/",
    "secretariat/audit/",
)  # fmt: skip


@ON_SQLITE
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_criterion_6_axe_finds_nothing_on_any_public_page(visit, lang):
    page = visit(f"/{lang}/", width=390)
    for path in PAGES:
        page.goto(f"/{lang}/{path}")
        assert violations(page) == [], path
        assert not is_wider_than_its_window(page), path


@ON_SQLITE
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_criterion_6_axe_finds_nothing_in_the_dark_for_people_who_are_signed_in(visit, lang):
    page = visit("/en/", dark=True)
    sign_in(page, "secretary")
    for path in PRIVATE:
        assert page.goto(f"/{lang}/{path}").status == 200, path
        if lang == "en":  # what axe sees is the same in Arabic, and looked at in full by the campaign
            assert violations(page) == [], path
        page.set_viewport_size({"width": 390, "height": 900})
        assert not is_wider_than_its_window(page), path
        page.set_viewport_size({"width": 1280, "height": 900})


@ON_SQLITE
@pytest.mark.parametrize("lang", ["en", "ar", "ru", "zh", "fr", "es"])
def test_criterion_7_nothing_scrolls_sideways_at_320_pixels_or_with_text_twice_the_size(visit, lang):
    page = visit(f"/{lang}/", width=320)
    for path in ("", "objectives/a6/", "africa/", "objectives/a1/join/", "sign-in/"):
        page.goto(f"/{lang}/{path}")
        assert not is_wider_than_its_window(page), path
        impose_spacing(page)
        assert not is_wider_than_its_window(page), f"{path} with the spacing of WCAG 1.4.12"
    page.set_viewport_size({"width": 640, "height": 900})
    for path in ("", "objectives/a6/"):
        page.goto(f"/{lang}/{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not is_wider_than_its_window(page), path


@ON_SQLITE
def test_criterion_9_a_half_filled_form_keeps_its_answers_when_the_language_changes(visit):
    page = visit("/en/objectives/b1/join/")
    page.fill("#contribution", "Half a sentence")
    page.click(".langs a[lang=ar]")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#contribution")).to_have_value("Half a sentence")


@ON_SQLITE
def test_criterion_14_focus_goes_to_the_summary_of_a_failed_form(visit):
    page = visit("/en/objectives/b1/join/")
    page.click("form .btn >> nth=0")
    expect(page.locator(".errsum")).to_be_focused()
    page.click(".errsum a >> nth=0")
    assert re.match(r".*#role", page.url)


@ON_SQLITE
def test_criterion_23_main_targets_are_large_and_focus_is_visible(visit):
    page = visit("/ar/objectives/a1/", width=390)
    small = page.evaluate(
        "[...document.querySelectorAll('.btn, .icon-btn, .chips a')].filter(e => e.offsetParent)"
        ".filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )
    assert small == []
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


@ON_SQLITE
def test_criterion_2_the_menu_opens_without_javascript(visit):
    page = visit("/en/", width=390, javascript=False)
    page.click(".menu-btn")
    expect(page.locator("#nav a").first).to_be_visible()
