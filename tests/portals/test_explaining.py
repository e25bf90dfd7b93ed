"""The pages that explain say what is so."""

import pytest

from permille.app import create_app
from permille.foundation.config import web_settings
from permille.foundation.database import db
from tests.browser import Browser
from tests.engines import SETTINGS


def test_the_steps_to_join_are_those_of_the_form(browser):
    asked = browser.get("/en/objectives/b2/join/").soup.select("main form fieldset, main form textarea")
    assert len(asked) == 2
    assert "Two short questions" in browser.get("/en/").text("#main")
    assert "Two short questions" in browser.get("/en/objectives/b2/").text("#main")
    assert "your e-mail address, your name and your country" in browser.get("/en/").text("#main")


@pytest.mark.parametrize(
    ("address", "cookie"), [("http://localhost", "sid"), ("https://permille.example", "__Host-sid")]
)
def test_the_privacy_page_names_the_cookie_that_is_set(database_url, tmp_path, address, cookie):
    settings = {**SETTINGS, **web_settings(address), "BASE_URL": address}
    app = create_app(**settings, SQLALCHEMY_DATABASE_URI=database_url, INSTANCE=tmp_path)
    page = Browser(app).get("/en/privacy/")
    assert [one.get_text() for one in page.soup.select(".code-name")] == [cookie, "language", "theme"]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_link_about_partners_leads_to_how_to_become_one(browser, cast):
    browser.sign_in(cast.email("newcomer"))
    page = browser.get("/en/objectives/b2/join/")
    page = browser.post(page("main form")["action"], role="leader", contribution="Terraces.")
    path, _sign, anchor = page("main a[href*='#']:not([href^='#'])")["href"].partition("#")
    told = browser.get(path).text(f"#{anchor}")
    assert "Partner organisation" in told and "declaration" in told
    assert browser.get(path)(f"#{anchor} a[href='/en/help/#contact']")
