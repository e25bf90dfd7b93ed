"""A language whose every text is twice as long breaks nothing."""

import threading

import pytest
from babel.support import NullTranslations
from werkzeug.serving import make_server

from permille.app import create_app
from permille.foundation import catalogs, languages
from permille.foundation.database import db
from tests.engines import ON_SQLITE, SETTINGS
from tests.looking import is_wider_than_its_window
from tests.serving import free_port

PAGES = (
    "",
    "objectives/",
    "objectives/a1/",
    "objectives/a1/join/",
    "africa/",
    "about/",
    "sign-in/",
    "sign-up/",
    "search/?q=soil",
)


class Doubled(NullTranslations):
    """Every message, and then again."""

    def gettext(self, text):
        return f"{text} {text}"

    def ngettext(self, one, many, n):
        text = one if n == 1 else many
        return f"{text} {text}"


@pytest.fixture
def doubled(database_url, tmp_path, monkeypatch):
    """Serve the platform in a language of double length."""
    for module in (catalogs, languages):
        monkeypatch.setattr(module, "catalog", lambda _code: Doubled())
    port = free_port()
    app = create_app(**SETTINGS, SQLALCHEMY_DATABASE_URI=database_url, INSTANCE=tmp_path)
    server = make_server("localhost", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{port}"
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@ON_SQLITE
@pytest.mark.parametrize("width", [320, 1280])
def test_criterion_13_words_twice_as_long_break_nothing(doubled, chromium, width):
    context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=doubled)
    page = context.new_page()
    for path in PAGES:
        page.goto(f"/es/{path}")
        assert not is_wider_than_its_window(page), path
        cut = page.evaluate(
            "[...document.querySelectorAll('main .btn, main h1, main h2, main label, header a')]"
            ".filter(e => e.offsetParent && !e.classList.contains('vh') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')"
            ".map(e => e.outerHTML)"
        )
        assert cut == [], path
    context.close()
