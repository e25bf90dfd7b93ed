"""Kept pages: read again for one statement, never out of date, never anybody else's."""

import pytest

from permille.foundation.database import db
from permille.foundation.keeping import LARGEST_BYTES, KeptPages
from permille.objectives.models import Objective
from tests.browser import Browser


@pytest.mark.parametrize("path", ["/en/", "/ar/objectives/a1/", "/zh/africa/", "/fr/about/"])
def test_a_page_somebody_has_read_costs_one_statement_and_is_the_same(browser, statements, path):
    first = browser.get(path)
    statements.clear()
    again = browser.get(path)
    assert len(statements) == 1
    assert again.html == first.html
    same = ("ETag", "Cache-Control", "Content-Security-Policy", "Content-Language", "Content-Type", "Vary")
    assert {name: again.headers[name] for name in same} == {name: first.headers[name] for name in same}


def test_a_changed_database_is_seen_by_the_next_reader(app, browser):
    browser.get("/en/objectives/c3/")
    with app.app_context():
        one = db.session.query(Objective).filter_by(code="C3").one()
        one.summary = one.summary.loaded("en", "Said anew a moment ago.")
        db.session.commit()
    assert "Said anew a moment ago." in browser.get("/en/objectives/c3/").text("main")


def test_each_language_theme_and_kind_of_reader_has_a_page_of_its_own(app, browser, cast):
    plain = browser.get("/en/")
    dark = Browser(app)
    dark.client.set_cookie("theme", "dark")
    assert dark.get("/en/")("html[data-theme=dark]") and not plain("html[data-theme]")
    assert browser.get("/fr/").soup.html["lang"] == "fr"
    member = Browser(app).sign_in(cast.email("member"))
    assert "My page" in member.get("/en/").text("header")
    assert "My page" not in browser.get("/en/").text("header")


@pytest.mark.parametrize(
    "headers",
    [
        {"HX_Request": "1"},
        {"HX_Request": "true", "HX_Boosted": "true"},
        {"HX_Request": "true", "HX_History_Restore_Request": "true"},
    ],
)
def test_nobody_gets_a_page_for_a_part_or_a_part_for_a_page(browser, headers):
    assert not browser.get("/en/search/", **headers).is_fragment
    assert browser.get("/en/search/", htmx=True).is_fragment
    assert not browser.get("/en/search/", **headers).is_fragment
    assert not browser.get("/en/search/").is_fragment


def test_a_cookie_of_nonsense_makes_no_page_of_its_own(app, browser):
    for theme in ("purple", "dark light", "x" * 50):
        browser.client.set_cookie("theme", theme)
        browser.get("/en/about/")
    assert len(app.extensions["kept_pages"]._pages) == 1


def test_what_is_searched_for_is_not_kept(app, browser):
    browser.get("/en/search/?q=soil")
    assert app.extensions["kept_pages"]._pages == {}


def test_a_page_that_is_not_found_is_looked_for_each_time(app, browser):
    assert browser.get("/en/people/99999/").status == 404
    assert app.extensions["kept_pages"]._pages == {}


def test_the_page_read_longest_ago_goes_first():
    pages = KeptPages(2)
    pages.keep("a", b"A")
    pages.keep("b", b"B")
    assert pages.find("a") == b"A"
    pages.keep("c", b"C")
    assert (pages.find("a"), pages.find("b"), pages.find("c")) == (b"A", None, b"C")


def test_a_page_too_large_is_not_kept_nor_any_when_none_may_be():
    pages = KeptPages(2)
    pages.keep("a", b"x" * (LARGEST_BYTES + 1))
    none = KeptPages(0)
    none.keep("a", b"A")
    assert pages.find("a") is None and none.find("a") is None
