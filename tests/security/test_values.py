"""The values themselves: each header, cookie and size as it was decided, so that none changes unnoticed."""

import re

import pytest

from permille.app import create_app
from permille.foundation import clock
from permille.foundation.config import UPLOAD_BYTES, web_settings
from permille.people import passwords
from tests.browser import Browser
from tests.engines import SETTINGS

ALWAYS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
    "Reporting-Endpoints": 'csp="/csp"',
}
POLICY = (
    "default-src 'none'; script-src {}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; report-to csp"
)
TO_KEEP = POLICY.format("http://localhost/static/")
NONCE = re.compile(re.escape(POLICY).replace(r"\{\}", r"'nonce-(none|[\w-]{22})'"))
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture
def on_https(database_url, tmp_path):
    settings = {**SETTINGS, "BASE_URL": "https://platform.example"}
    settings |= web_settings(settings["BASE_URL"])
    app = create_app(**settings, SQLALCHEMY_DATABASE_URI=database_url, INSTANCE=tmp_path)
    app.config["PREFERRED_URL_SCHEME"] = "https"
    yield app
    from permille.foundation.database import db

    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def answers(app, cast):
    """Yield a name, an answer and who may keep it, for every kind of answer there is."""
    visitor, member = Browser(app), Browser(app).sign_in(cast.email("member"))
    sheet = visitor.get("/en/")("link[rel=stylesheet]")["href"]
    yield "public", visitor.client.get("/en/"), "public, no-cache"
    yield "chooser", visitor.client.get("/robots.txt"), "public, no-cache"
    yield "form", visitor.client.get("/en/sign-in/"), "no-store"
    yield "private", member.client.get("/en/me/"), "no-store"
    yield "404", visitor.client.get("/en/nowhere/"), "no-store"
    yield "404 of a member", member.client.get("/en/nowhere/"), "no-store"
    yield "403", member.client.get("/en/secretariat/"), "no-store"
    yield "410", visitor.client.get("/en/link/none/"), "no-store"
    yield "405", visitor.client.delete("/en/"), "no-store"
    yield "static", visitor.client.get(sheet), FOREVER
    big = {"contribution": "x" * (13 * 1024 * 1024)}
    yield "413", visitor.client.post("/en/objectives/a1/join/", data=big), "no-store"
    yield "400", visitor.client.post("/en/sign-in/", data={"csrf_token": "stale"}), "no-store"
    yield "redirect", visitor.client.get("/en/me/"), "no-store"
    for _ in range(31):
        last = member.client.get("/en/search/?q=soil")
    yield "429", last, "no-store"


@pytest.fixture
def still():
    """A clock that stands still, so that counting does not begin anew in between."""
    moment = clock.now()
    clock.turn(lambda: moment)
    yield
    clock.turn(None)


@pytest.mark.usefixtures("still")
def test_every_answer_carries_exactly_these_headers(app, cast):
    statuses = set()
    for name, answer, kept in answers(app, cast):
        statuses.add(answer.status_code)
        assert {header: answer.headers.get(header) for header in ALWAYS} == {
            **ALWAYS,
            **({"Referrer-Policy": "no-referrer"} if name == "410" else {}),
        }, name
        assert answer.headers["Cache-Control"] == kept, name
        policy = answer.headers["Content-Security-Policy"]
        assert policy == TO_KEEP if "public" in kept else NONCE.fullmatch(policy), name
    assert statuses == {200, 302, 400, 403, 404, 405, 410, 413, 429}


def test_a_nonce_is_new_each_time_and_the_scripts_own(browser, cast):
    browser.sign_in(cast.email("member"))
    seen = set()
    for _ in range(3):
        page = browser.get("/en/me/")
        nonce = NONCE.fullmatch(page.headers["Content-Security-Policy"])[1]
        assert {script["nonce"] for script in page.soup.select("script[src]")} == {nonce}
        seen.add(nonce)
    assert len(seen) == 3 and "none" not in seen


def test_on_https_the_cookie_is_bound_to_the_host_and_the_line(on_https):
    answer = on_https.test_client().get("/en/sign-in/", base_url="https://platform.example")
    name, *flags = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-sid=")
    assert set(flags) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    public = on_https.test_client().get("/en/", base_url="https://platform.example")
    assert "script-src https://platform.example/static/;" in public.headers["Content-Security-Policy"]


def test_choices_of_a_reader_are_cookies_of_a_year_that_no_script_reads(browser):
    answer = browser.post("/en/settings/", theme="dark", language="fr")
    cookies = answer.headers.getlist("Set-Cookie")
    chosen = [one for one in cookies if one.startswith(("theme=", "language="))]
    assert len(chosen) == 2
    for one in chosen:
        assert "HttpOnly" in one and "SameSite=Lax" in one and "Path=/" in one and "Max-Age=31536000" in one


def test_a_password_is_kept_as_argon2id_of_this_strength(app):
    with app.app_context():
        assert passwords.hash_password("a wholly different phrase").startswith(
            "$argon2id$v=19$m=19456,t=2,p=1$"
        )
    assert (passwords.SHORTEST, passwords.SHORTEST_PRIVILEGED, passwords.LONGEST) == (12, 15, 256)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"contribution": "x" * (499 * 1024)}, 422),
        ({"contribution": "x" * (501 * 1024)}, 413),
        ({f"field{n}": "x" for n in range(99)}, 422),
        ({f"field{n}": "x" for n in range(120)}, 413),
    ],
    ids=["large", "too large", "many", "too many"],
)
def test_a_form_has_a_size(browser, form, status):
    data = {**form, "csrf_token": browser.token()}
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = "".join(part.format(name, value) for name, value in data.items()) + "--x--\r\n"
    sent = browser.client.post(
        "/en/objectives/a1/join/", data=body.encode(), content_type="multipart/form-data; boundary=x"
    )
    assert sent.status_code == status


def test_a_request_has_a_size(app, browser):
    assert (app.config["MAX_CONTENT_LENGTH"], UPLOAD_BYTES) == (500 * 1024, 12 * 1024 * 1024)
    sent = {"data": b"x" * (500 * 1024 + 1), "content_type": "multipart/form-data; boundary=x"}
    assert browser.client.post("/en/objectives/a1/join/", **sent).status_code == 413
