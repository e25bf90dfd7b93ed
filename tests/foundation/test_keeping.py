"""Kept pages: read again for one statement, never out of date, never anybody else's."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from permille.foundation import clock
from permille.foundation.database import db
from permille.foundation.keeping import LARGEST_BYTES, Answer, KeptPages
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
    assert len(app.extensions["kept_pages"].pages) == 1


def test_what_is_searched_for_is_not_kept(app, browser):
    browser.get("/en/search/?q=soil")
    assert app.extensions["kept_pages"].pages == {}


def test_a_page_that_is_not_found_is_looked_for_each_time(app, browser):
    assert browser.get("/en/people/99999/").status == 404
    assert app.extensions["kept_pages"].pages == {}


def test_an_unchanged_page_is_known_again_without_being_drawn_again(app, browser, statements):
    page = browser.get("/en/objectives/a1/")
    statements.clear()
    again = browser.get("/en/objectives/a1/", If_None_Match=page.headers["ETag"])
    assert (again.status, again.html, len(statements)) == (304, "", 1)
    assert again.headers["ETag"] == page.headers["ETag"]
    assert again.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]
    assert not {"Content-Type", "Content-Length", "Content-Language"} & set(again.headers.keys())
    assert browser.get("/en/objectives/a1/", If_None_Match='"an-older-one"').status == 200


def test_a_page_another_worker_drew_is_known_here_too_and_drawn_for_who_has_it_not(app, browser):
    page = browser.get("/en/about/")
    app.extensions["kept_pages"].pages.clear()
    for _twice in range(2):
        assert browser.get("/en/about/", If_None_Match=page.headers["ETag"]).status == 304
    assert browser.get("/en/about/").html == page.html


def test_what_was_kept_yesterday_is_drawn_anew_today(app, browser):
    page = browser.get("/en/about/")
    tomorrow = clock.now() + timedelta(days=1)
    clock.turn(lambda: tomorrow)
    try:
        again = browser.get("/en/about/", If_None_Match=page.headers["ETag"])
    finally:
        clock.turn(None)
    assert again.status == 200 and again.headers["ETag"] != page.headers["ETag"]


def test_only_the_head_is_sent_to_who_asks_for_it(app, browser):
    page = browser.get("/en/about/")
    head = browser.client.head("/en/about/")
    assert head.data == b"" and head.headers["Content-Length"] == page.headers["Content-Length"]


def test_an_address_that_negotiates_is_kept_for_nobody(app, browser):
    browser.get("/", Accept_Language="fr")
    assert app.extensions["kept_pages"].pages == {}


def test_when_the_revision_cannot_be_read_the_application_answers(app, browser):
    def unreachable() -> int:
        raise OperationalError("", {}, Exception())

    page = browser.get("/en/about/")
    app.extensions["kept_pages"].revision = unreachable
    again = browser.get("/en/about/", If_None_Match='"an-older-one"')
    assert (again.status, again.html) == (200, page.html)


def kept(most: int) -> KeptPages:
    return KeptPages(most, lambda: 1, "sid", ())


def answer(body: bytes) -> Answer:
    return Answer(1, date(2026, 1, 1), [], body)


def test_the_page_read_longest_ago_goes_first():
    pages, (a, b, c) = kept(2), map(answer, (b"A", b"B", b"C"))
    pages.keep("a", a)
    pages.keep("b", b)
    assert pages.find("a") == a
    pages.keep("c", c)
    assert (pages.find("a"), pages.find("b"), pages.find("c")) == (a, None, c)


def test_a_page_too_large_is_not_kept_nor_any_when_none_may_be(app, browser):
    pages = kept(2)
    pages.keep("a", answer(b"x" * (LARGEST_BYTES + 1)))
    assert pages.find("a") is None
    app.extensions["kept_pages"].most = 0
    browser.get("/en/about/")
    assert app.extensions["kept_pages"].pages == {}
