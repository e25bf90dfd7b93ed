"""Devices in words: where somebody is signed in reads as a person would say it."""

import pytest

from tests.browser import Browser


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0", "Firefox on Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) Version/17.6 Safari/604.1",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Mobile; Nokia_2720; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5", "Firefox on KaiOS"),
        ("a reader of feeds", "a reader of feeds"),
    ],
)
def test_a_session_is_told_in_words(app, cast, agent, name):
    browser = Browser(app)
    browser.client.environ_base["HTTP_USER_AGENT"] = agent
    browser.sign_in(cast.email("member"))
    shown = browser.get("/en/me/sessions/").text("main li")
    assert name in shown and "This device" in shown
    assert "Mozilla" not in shown
