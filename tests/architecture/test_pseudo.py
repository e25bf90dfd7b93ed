"""No visible word escapes translation: a run in a language where every message wears brackets."""

import re

import pytest
from babel.support import NullTranslations

from permille.foundation import catalogs, languages
from tests.browser import Browser

PAGES = (
    "/es/about/", "/es/help/", "/es/accessibility/", "/es/privacy/", "/es/terms/", "/es/sign-in/", "/es/sign-up/",
    "/es/objectives/a1/", "/es/objectives/a1/join/", "/es/africa/", "/es/", "/es/search/?q=zzz", "/es/nowhere/", "/es/regions/", "/es/seats/",
)  # fmt: skip
PRIVATE = ("/es/me/", "/es/secretariat/")
SHELTERED = "bdi, .langs, [lang]:not(html), time, .code, script, title, textarea, option, .crumb, .tiles, .chips, .tl, .lead, h1, [data-words], tbody th, td .vh, .core, .note, [aria-labelledby=what] > p, .thread > p:first-child > a, .list .meta, .list > li > a"


class Brackets(NullTranslations):
    def gettext(self, text):
        return f"⟦{text}⟧"

    def ngettext(self, one, many, n):
        return f"⟦{one if n == 1 else many}⟧"


@pytest.fixture
def pseudo(monkeypatch):
    brackets = Brackets()
    for module in (catalogs, languages):
        monkeypatch.setattr(module, "catalog", lambda _code: brackets)


def loose_words(soup):
    for tag in soup.select(SHELTERED):
        tag.decompose()
    inside = 0
    for text in soup.body.stripped_strings:
        inside += text.count("⟦")
        bare = re.sub(r"⟦.*?⟧", "", text, flags=re.DOTALL)
        if inside == 0 and re.search(r"[a-zA-Z]{3}", bare):
            yield text
        inside = max(0, inside - text.count("⟧"))


@pytest.mark.parametrize("path", PAGES)
def test_criterion_13_every_visible_word_is_translated(browser, pseudo, path):
    assert list(loose_words(browser.get(path).soup)) == []


def test_criterion_13_every_visible_word_of_private_pages_is_translated(app, cast, pseudo):
    browser = Browser(app).sign_in(cast.email("secretary"))
    for path in PRIVATE:
        assert list(loose_words(browser.get(path).soup)) == [], path
