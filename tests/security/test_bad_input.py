"""Nonsense gets a clear page in the right language with the right status, never a 500."""

import pytest

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


def test_a_foreign_host_is_refused(browser):
    refused = browser.client.get("/en/", base_url="http://evil.example")
    assert refused.status_code == 400
    assert refused.headers["X-Content-Type-Options"] == "nosniff"


def test_a_form_without_its_token_is_refused_and_explained(browser):
    page = browser.post("/ru/objectives/a1/join/", token="stale", role="member", contribution="x")
    assert page.status == 400
    assert page("html")["lang"] == "ru"


def test_a_body_too_big_is_refused(browser):
    page = browser.post("/en/objectives/a1/join/", contribution="x" * (13 * 1024 * 1024))
    assert page.status == 413


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
