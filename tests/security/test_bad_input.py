"""Nonsense gets a clear page in the right language with the right status, never a 500."""

import io

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from permille.foundation.links import safe_path


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/xx/", 404),
        ("/EN/", 404),
        ("/en/atlantis/", 404),
        ("/en/people/99999999999999999999999999/", 404),
        ("/en/people/9223372036854775808/", 404),
        ("/en/organisations/0/", 404),
        ("/ar/objectives/%ED%A0%80/", 404),
        ("/en/search/?q=%00%ff%ED%A0%80", 200),
        ("/en/search/?q=%27%22%3B%20drop%20%26%20%7C%20!%20(", 200),
        ("/en/objectives/a1/team/?after=-1", 404),
        ("/en/objectives/a1/team/?after=99999999999999999999999", 404),
        ("/fr/link/nothing/", 410),
        ("/en/sign-in/?next=//[", 200),
    ],
)
def test_an_odd_address_has_a_calm_answer(browser, path, status):
    page = browser.get(path)
    assert page.status == status
    assert page("html") is not None


@pytest.mark.parametrize("host", ["evil.example", "[::2]", "localhost.evil.example", "a b", "[evil]", ""])
def test_a_foreign_host_is_refused_in_the_readers_language_and_shown_the_way(app, host):
    for method in ("GET", "POST"):
        refused = app.test_client().open("/ar/me/", method=method, environ_overrides={"HTTP_HOST": host})
        page = BeautifulSoup(refused.get_data(), "html.parser")
        assert refused.status_code == 400 and refused.headers["X-Content-Type-Options"] == "nosniff"
        assert page.html["lang"] == "ar" and page.html["dir"] == "rtl"
        assert page.a["href"] == f"{app.config['BASE_URL']}/ar/"
        assert host not in page.get_text() or not host


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_trusted_by_each_of_its_names(app, host):
    for port in ("", ":8000"):
        assert app.test_client().get("/ar/", base_url=f"http://{host}{port}").status_code == 200


def test_a_form_without_its_token_is_refused_and_explained(browser):
    page = browser.post("/ru/objectives/a1/join/", token="stale", role="member", contribution="x")
    assert page.status == 400
    assert page("html")["lang"] == "ru"


def test_a_body_too_big_is_refused(browser):
    page = browser.post("/en/objectives/a1/join/", contribution="x" * (13 * 1024 * 1024))
    assert page.status == 413


@pytest.mark.parametrize("size", [600_000, 2_000_000])
def test_a_form_has_half_a_megabyte_and_no_more(app, browser, cast, size):
    browser.sign_in(cast.email("member"))
    assert browser.post("/fr/me/profile/", name="N", about="x" * size).status == 413
    without_token = browser.client.post("/fr/me/profile/", data={"about": "x" * size})
    assert without_token.status_code == 413


def test_a_form_has_a_hundred_fields_and_no_more(browser):
    for separator, fields, status in (("&", 300, 413), ("&", 80, 400)):
        body = separator.join(f"a{n}=1" for n in range(fields))
        sent = browser.client.post(
            "/ru/sign-in/", data=body, content_type="application/x-www-form-urlencoded"
        )
        assert sent.status_code == status


def test_only_where_a_file_is_asked_for_may_one_come(app, browser, cast):
    browser.sign_in(cast.email("secretary"))
    token = browser.token()

    def sent(path, size):
        file = FileStorage(io.BytesIO(b"name\n" + b"x" * size), filename="list.csv")
        boundary, body = encode_multipart({"csrf_token": token, "file": file})
        kind = f"multipart/form-data; boundary={boundary}"
        return browser.client.post(path, data=body, content_type=kind).status_code

    assert sent("/en/secretariat/organisations/import/", 2_000_000) == 422
    assert sent("/en/secretariat/organisations/import/", 13_000_000) == 413
    assert sent("/en/me/profile/", 2_000_000) == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Origin": "https://evil.example"}, 400),
        ({"Origin": "null"}, 400),
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"Sec-Fetch-Site": "same-site"}, 400),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 400),
    ],
)
def test_a_form_from_elsewhere_is_refused_even_with_a_good_token(browser, headers, status):
    fields = {"csrf_token": browser.token(), "role": "member", "contribution": "Soil maps."}
    sent = browser.client.post("/en/objectives/b1/join/", data=fields, headers=headers)
    assert sent.status_code == status


@pytest.mark.parametrize(
    "email",
    ["a<b@c.example", "a,b@c.example", '"@a.example', "a..b@c.example", "(x)@a.example", "a@b..example"],
)
def test_an_address_no_mail_can_go_to_is_refused(browser, mails, email):
    assert browser.post("/es/sign-up/", email=email, language="es").status == 422
    assert mails() == []


def test_other_methods_are_refused(browser):
    response = browser.client.delete("/en/objectives/a1/")
    assert response.status_code == 405 and "GET" in response.headers["Allow"]


def test_lone_surrogates_and_controls_are_dropped_from_names(app, browser, cast):
    from permille.foundation.forms import clean

    assert clean(" A\x00na\u202e \ud800") == "Ana"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "//[",
        "/\\evil",
        "javascript:alert(1)",
        "",
        None,
        "/\n/x",
        "/%5c" * 900,
    ],
)
def test_no_address_leads_off_the_site(target):
    assert safe_path(target) is None


def test_a_plain_path_is_followed():
    assert safe_path("/en/objectives/a1/join/?role=leader") == "/en/objectives/a1/join/?role=leader"
