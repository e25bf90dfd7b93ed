"""Criteria measured in a real browser: what is fetched, how letters and targets are drawn."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from tests.engines import ON_SQLITE
from tests.journeys.test_reading_and_joining import PAGES, PRIVATE
from tests.looking import sign_in

SET_APART = """[...document.querySelectorAll('body *')].filter(e => {
  if (e.closest('[lang]:not(html):not(:lang(ar)):not(:lang(zh))')) return false;
  const style = getComputedStyle(e);
  return !['normal', '0px'].includes(style.letterSpacing) || style.fontStyle !== 'normal';
}).map(e => e.outerHTML.slice(0, 120))"""
SMALL = """[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.checkVisibility() && !e.closest('.vh') && !e.classList.contains('vh') && !e.classList.contains('skip'))
  .filter(e => getComputedStyle(e).display !== 'inline')
  .filter(e => { const box = (e.labels && e.labels[0] && ['radio', 'checkbox'].includes(e.type) ? e.labels[0] : e)
    .getBoundingClientRect(); return box.width > 1 && (box.height < 23.9 || box.width < 23.9); })
  .map(e => e.outerHTML.slice(0, 90) + JSON.stringify(e.getBoundingClientRect()).slice(0, 90))"""
COVERED = """() => { const e = document.activeElement; if (!e || e === document.body) return '';
  const box = e.getBoundingClientRect(); if (box.width < 2) return '';
  const [x, y] = [box.left + Math.min(box.width / 2, 20), (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2];
  const top = document.elementFromPoint(x, y);
  return top && (e.contains(top) || top.contains(e) || (e.labels && [...e.labels].some(l => l.contains(top)))) ? '' : e.outerHTML + ' is under ' + (top ? top.outerHTML.slice(0, 200) : 'nothing') + ' at ' + y; }"""


@pytest.fixture
def live(deployed):
    """What is measured here is the product as it is deployed."""
    return deployed


@ON_SQLITE
def test_criterion_4_nothing_hashed_is_fetched_twice(visit):
    page = visit("/en/help/")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    fetched, kept = [], set()
    line.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
    line.on("Network.responseReceived", lambda event: fetched.append((event["requestId"], event["response"])))
    for path in ("/en/", "/en/objectives/a1/", "/en/africa/"):
        page.goto(path)
    over_the_line = Counter(
        response["url"]
        for request_id, response in fetched
        if request_id not in kept and not response.get("fromDiskCache")
    )
    assert set(over_the_line.values()) == {1}, over_the_line
    assert len(fetched) > len(over_the_line) >= 3


@ON_SQLITE
@pytest.mark.parametrize("path", ["/objectives/b1/join/?role=member#main", "/objectives/a1/#team", "/#main"])
def test_criterion_9_switching_the_language_keeps_the_anchor(visit, path):
    page = visit(f"/en{path}")
    page.click(".langs a[lang=ar]")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.url.endswith(f"/ar{path}")


@ON_SQLITE
def test_criterion_9_switching_the_language_keeps_what_was_searched_for_meanwhile(visit):
    page = visit("/en/search/")
    page.fill("#q", "soil")
    page.wait_for_url("**/search/?q=soil")
    page.click(".langs a[lang=fr]")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.url.endswith("/fr/search/?q=soil")


@ON_SQLITE
@pytest.mark.parametrize("lang", ["ar", "zh"])
def test_criterion_11_arabic_and_chinese_are_drawn_neither_spaced_nor_slanted(visit, lang):
    page = visit(f"/{lang}/")
    for path in PAGES:
        page.goto(f"/{lang}/{path}")
        assert page.evaluate(SET_APART) == [], path


@ON_SQLITE
def test_criterion_23_every_target_is_large_enough_or_stands_in_text(visit):
    page, found = visit("/en/", width=390), []
    for paths in (PAGES, PRIVATE):
        if paths is PRIVATE:
            sign_in(page, "secretary")
        for path in paths:
            page.goto(f"/en/{path}")
            found += [(path, one) for one in page.evaluate(SMALL)]
    assert found == []


@ON_SQLITE
@pytest.mark.parametrize("path", ["objectives/a1/", "objectives/a1/join/", "sign-in/"])
def test_criterion_23_the_focus_is_never_covered(visit, path):
    page = visit(f"/en/{path}", width=390)
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(COVERED) == ""


@ON_SQLITE
def test_criterion_23_a_password_can_be_pasted(visit):
    page = visit("/en/sign-in/")
    allowed = page.evaluate(
        "document.querySelector('#password').dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))"
    )
    assert allowed and page.locator("#password").get_attribute("autocomplete") == "current-password"


@ON_SQLITE
def test_what_a_search_found_is_said_aloud(visit):
    page = visit("/en/search/")
    page.fill("#q", "soil")
    expect(page.locator("#status")).to_have_text(re.compile(r"^\d+ results$"))
