"""Which passwords will do."""

import pytest

from permille.people.passwords import weakness


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "4p1000soilcarbon",
        "Password-2024-Password",
        "AminaBenAli2024",
        "x" * 100 + "abcdefgh" * 20,
    ],
)
def test_what_is_short_long_or_easy_to_guess_is_refused(app, password):
    with app.test_request_context("/en/"):
        assert weakness(password, "Amina Ben Ali", "amina@farm.example")


@pytest.mark.parametrize(
    "password", ["four per thousand", "rivers below the acacia", "土壤里的碳让我们大家一起来", "kQ7#pLw2!zRt"]
)
def test_any_kind_of_letters_will_do(app, password):
    with app.test_request_context("/en/"):
        assert weakness(password, "Amina Ben Ali", "amina@farm.example") is None


def test_the_secretariat_needs_longer_ones(app):
    with app.test_request_context("/en/"):
        assert weakness("olive harvest", privileged=True)
        assert weakness("olive harvest") is None


def test_setting_a_password_ends_other_sessions_and_asks_for_the_present_one(app, browser, cast):
    from tests.browser import Browser

    other = Browser(app).sign_in(cast.email("member"))
    browser.sign_in(cast.email("member"))
    assert browser.post("/en/me/password/", password="rivers below the acacia", present="wrong").status == 422
    changed = browser.post(
        "/en/me/password/", password="rivers below the acacia", present="four per thousand"
    )
    assert changed.status == 303
    assert browser.get("/en/me/").status == 200
    assert other.get("/en/me/").status == 302
