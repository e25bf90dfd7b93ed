"""Languages: negotiated once, kept in the path, switched without losing the place."""

import pytest

from permille.foundation.languages import LANGUAGES


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("ar-MA,fr;q=0.5", "ar"),
        ("de,ru;q=0.8", "ru"),
        ("zh-CN", "zh"),
        ("de,en;q=0.1", "en"),
    ],
)
def test_the_root_negotiates(browser, asked, lang):
    page = browser.get("/", Accept_Language=asked)
    assert (page.status, page.location) == (302, f"/{lang}/")
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in page.headers["Vary"].split(",")}


@pytest.mark.parametrize("asked", ["de", "", "\x7f;;q="])
def test_who_prefers_none_of_the_six_languages_chooses(browser, asked):
    browser.get("/", Accept_Language="en")
    page = browser.get("/", Accept_Language=asked)
    assert page.status == 200
    choices = page.soup.select("main .list a")
    assert [(a["lang"], a["href"]) for a in choices] == [(code, f"/{code}/") for code in LANGUAGES]
    assert browser.get("/en/")("link[hreflang=x-default]")["href"].endswith("localhost:8000/")
    assert browser.get("/", Accept_Language="fr").location == "/fr/"


def test_a_saved_choice_wins_at_the_root(browser):
    browser.client.set_cookie("language", "fr")
    assert browser.get("/", Accept_Language="ru").location == "/fr/"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_criterion_10_an_address_with_a_language_never_redirects_by_header(browser, lang):
    page = browser.get(f"/{lang}/", Accept_Language="ru" if lang != "ru" else "ar")
    assert page.status == 200
    assert page("html")["lang"] == lang
    alternates = {tag["hreflang"] for tag in page.soup.select("link[rel=alternate]")}
    assert alternates == {*LANGUAGES, "x-default"}
    assert page("link[rel=canonical]")["href"].endswith(f"/{lang}/")


def test_criterion_8_six_names_stand_on_every_page_in_the_order_of_the_united_nations(browser):
    for path in ("/en/", "/zh/objectives/c3/", "/ar/nowhere/", "/ru/sign-in/"):
        links = browser.get(path).soup.select(".langs a")
        assert [a.get_text() for a in links] == [
            "العربية",
            "中文",
            "English",
            "Français",
            "Русский",
            "Español",
        ]
        assert [a["lang"] for a in links] == [a["hreflang"] for a in links] == list(LANGUAGES)


def test_criterion_9_switching_keeps_path_and_query(browser):
    page = browser.get("/en/search/?q=soil+carbon&x=%D8%A3")
    assert page(".langs a[lang=ar]")["href"] == "/ar/search/?q=soil+carbon&x=%D8%A3"


def test_error_pages_speak_the_language_of_the_address_or_of_the_browser(browser):
    assert browser.get("/ar/nowhere/")("html")["dir"] == "rtl"
    assert browser.get("/nowhere/", Accept_Language="fr")("html")["lang"] == "fr"


def test_dates_numbers_and_lists_are_written_by_the_language():
    from datetime import UTC, datetime

    from permille.foundation import languages

    when = datetime(2026, 12, 3, 14, 5, tzinfo=UTC)
    said = {}
    for lang in LANGUAGES:
        with languages.speaking(lang):
            said[lang] = (languages.day(when), languages.number(12345), languages.listed(["A1", "B2", "C3"]))
            assert "2026" in said[lang][0] and "UTC" in languages.moment(when)
    assert said["zh"][0] == "2026年12月3日"
    assert said["fr"][0] == "3 décembre 2026"
    assert said["ru"][1] == "12\xa0345"
    assert len(set(said.values())) == 6
