"""What every response carries, and who may keep a copy."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.foundation import clock
from permille.foundation.database import db
from permille.people.models import SignedIn
from tests.browser import Browser

ALWAYS = (
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "X-Frame-Options",
    "Content-Security-Policy",
)
PATHS = (
    "/",
    "/en/",
    "/ar/objectives/a1/",
    "/en/nowhere/",
    "/en/me/",
    "/robots.txt",
    "/fr/sign-in/",
    "/sitemap.xml",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_every_header(browser, path):
    page = browser.get(path)
    for header in ALWAYS:
        assert page.headers.get(header), f"{path}: {header}"
    policy = page.headers["Content-Security-Policy"]
    assert (
        "'unsafe-inline'" not in policy and "'unsafe-eval'" not in policy and "strict-dynamic" not in policy
    )
    assert policy.startswith("default-src 'none'; script-src ")
    assert not page.headers["Server"]


@pytest.mark.parametrize("asked", ["/static/nothing.css", "/static/"])
def test_a_file_that_is_not_there_is_kept_by_nobody(browser, cast, asked):
    for reader in (browser, browser.sign_in(cast.email("member"))):
        page = reader.get(asked)
        assert page.status == 404 and page.headers["Cache-Control"] == "no-store"
        assert "Cookie" in page.headers["Vary"]


@pytest.mark.parametrize("path", ["/en/objectives/zz/", "/en/me/", "/en/sign-in/", "/en/people/99999/"])
def test_nothing_is_known_of_a_page_without_its_very_tag(browser, path):
    plain = browser.client.get(path).status_code
    for tag in ("*", '"*"', 'W/"x"', "x, *"):
        assert browser.client.get(path, headers={"If-None-Match": tag}).status_code == plain
    assert browser.client.get("/en/about/", headers={"If-None-Match": "*"}).status_code == 200


def test_a_tag_that_a_compressing_proxy_weakened_is_known(browser):
    tag = browser.get("/en/about/").headers["ETag"]
    assert browser.get("/en/about/", If_None_Match=f"W/{tag}").status == 304


@pytest.mark.parametrize("path", ["/", "/fr", "/fr/me/", "/fr/sign-in"])
def test_an_answer_that_sends_on_has_no_words_in_a_foreign_language(browser, path):
    sent_on = browser.client.get(path, headers={"Accept-Language": "fr"})
    assert sent_on.status_code in (302, 308) and sent_on.get_data() == b""


def test_static_files_carry_the_headers_and_never_expire(browser):
    sheet = browser.get("/en/")("link[rel=stylesheet]")["href"]
    response = browser.client.get(sheet, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_public_page_has_no_cookie_no_token_and_a_policy_a_copy_can_keep(browser):
    page = browser.get("/en/objectives/a1/")
    assert page.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in page.headers
    assert "csrf_token" not in page.html
    assert "nonce" not in page.headers["Content-Security-Policy"]
    assert "/static/" in page.headers["Content-Security-Policy"]


def test_a_private_page_is_kept_by_nobody_and_its_nonce_is_new_each_time(browser, cast):
    browser.sign_in(cast.email("member"))
    first, second = browser.get("/en/me/"), browser.get("/en/me/")
    assert first.headers["Cache-Control"] == "no-store"
    assert first.headers["Content-Security-Policy"] != "" and "Set-Cookie" not in second.headers


def test_an_unchanged_page_is_answered_304_until_something_changes(app, browser, cast):
    page = browser.get("/en/objectives/b4/")
    tag = page.headers["ETag"]
    assert browser.get("/en/objectives/b4/", If_None_Match=tag).status == 304
    member = type(browser)(app).sign_in(cast.email("partner"))
    member.post("/en/objectives/b4/join/", role="member", contribution="Soil maps.")
    member.post("/en/objectives/b4/join/check/")
    assert browser.get("/en/objectives/b4/", If_None_Match=tag).status == 200


def test_every_cookie_is_strict(browser):
    cookie = browser.get("/en/sign-in/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie


def test_signing_out_ends_every_copy_of_the_cookie(app, browser, cast):
    browser.sign_in(cast.email("member"))
    kept = browser.client.get_cookie("sid").value
    out = browser.post("/en/sign-out/")
    assert out.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    thief = type(browser)(app)
    thief.client.set_cookie("sid", kept)
    assert thief.get("/en/me/").status == 302


def test_ending_ones_own_session_or_account_clears_the_browser(app, browser, cast):
    browser.sign_in(cast.email("member"))
    with app.app_context():
        mine = db.session.scalar(select(SignedIn.id).where(SignedIn.person_id == cast.id("member")))
    ended = browser.post(f"/en/me/sessions/{mine}/end/")
    assert ended.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    leaving = Browser(app).sign_in(cast.email("partner"))
    gone = leaving.post("/en/me/delete/")
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Your account is deleted." in leaving.get("/en/").text("main")


def test_what_a_browser_blocks_is_noted_without_what_was_on_the_page(browser, caplog):
    assert "report-to csp" in browser.get("/en/").headers["Content-Security-Policy"]
    assert browser.get("/en/").headers["Reporting-Endpoints"] == 'csp="/csp"'
    report = [
        {
            "type": "csp-violation",
            "body": {"effectiveDirective": "script-src", "blockedURL": "x", "sample": "secret"},
        }
    ]
    assert browser.client.post("/csp", json=report).status_code == 204
    assert "script-src" in caplog.text and "secret" not in caplog.text


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 100_000, b"null", b"[1, null, {}]", b'[{"body": 3}]', b"\xff\xfe"]
)
def test_a_report_that_is_none_says_nothing(browser, caplog, body):
    assert browser.client.post("/csp", data=body).status_code == 204
    assert "blocked by" not in caplog.text


@pytest.mark.parametrize(
    ("part", "hours"),
    [("leader", 2), ("representative", 2), ("funder", 2), ("secretary", 2), ("member", 14 * 24)],
)
def test_whoever_has_more_rights_is_signed_out_sooner(app, browser, cast, part, hours):
    start = clock.now()
    browser.sign_in(cast.email(part))
    try:
        clock.turn(lambda: start + timedelta(hours=hours, minutes=-5))
        assert browser.get("/en/me/").status == 200
        clock.turn(
            lambda: start + timedelta(hours=2 * hours)
        )  # it was seen five minutes before the time was up
        assert browser.get("/en/me/").status == 302
    finally:
        clock.turn(None)
