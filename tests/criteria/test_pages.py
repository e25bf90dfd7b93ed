"""What holds on every page there is: ways in, addresses for machines, failed forms."""

import pytest

from tests.browser import Browser
from tests.security.filled import harvest
from tests.security.matrix import address, expected, routes
from tests.security.principals import PRINCIPALS
from tests.security.staging import stage

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ERRORS = ("/fr/nowhere/", "/fr/link/none/", "/fr/objectives/zz/", "/fr/people/999999/")


@ON_SQLITE
@pytest.mark.parametrize("lang", LANGUAGES)
def test_criterion_1_every_join_form_is_two_clicks_from_home(browser, lang):
    home = browser.get(f"/{lang}/").soup
    objectives = {a["href"] for a in home.select("main a[href]") if is_objective(a["href"], lang)}
    assert len(objectives) == 24
    for one in objectives:
        joining = browser.get(one)("main a[href*='/join/']")
        assert browser.get(joining["href"])("main form #contribution"), one


def is_objective(href, lang):
    parts = href.partition("#")[0].strip("/").split("/")
    return len(parts) == 3 and parts[:2] == [lang, "objectives"]


@ON_SQLITE
def test_criterion_10_every_page_names_itself_in_six_languages_and_an_error_does_not(app, cast):
    ids, browser, seen = stage(app, cast), Browser(app), 0
    for method, path in routes(app):
        route = f"{method} {path}"
        if method == "GET" and "<lang>" in path and expected()[route]["visitor"] == 200:
            page = browser.get(address(path, cast, ids, "fr"))
            others = {one["hreflang"]: one["href"] for one in page.soup.select("link[rel=alternate]")}
            assert set(others) == {*LANGUAGES, "x-default"}, path
            assert page("link[rel=canonical]")["href"] == others["fr"], path
            back = browser.get("/" + others["ar"].split("/", 3)[3])
            assert {one["href"] for one in back.soup.select("link[rel=alternate]")} == set(others.values()), (
                path
            )
            seen += 1
    assert seen > 25
    for path in ERRORS:
        assert not browser.get(path).soup.select("link[rel=canonical], link[rel=alternate][hreflang]"), path


APPLYING = "/<lang>/vacancies/<code>/<seat>/apply/"
EXPLAINED = (APPLYING, f"{APPLYING}check/", f"{APPLYING}keep/")
"""To whoever may not stand these say why, and what they can do: no form has failed."""


@ON_SQLITE
@pytest.mark.parametrize("role", ["visitor", "member", "secretary"])
def test_criterion_14_every_failed_form_says_so_and_keeps_what_was_typed(app, cast, role):
    ids = stage(app, cast)
    forms, browser, failed = harvest(app, cast, ids), PRINCIPALS[role](app), 0
    for method, path in routes(app):
        if method != "POST" or path in EXPLAINED or expected()[f"POST {path}"][role] != 422:
            continue
        for kept in ({}, longest_of(forms.get(f"POST {path}", {}))):
            page = browser.post(address(path, cast, ids), **kept)
            if page.status == 422:
                failed += 1
                assert page.soup.title.get_text().startswith("Error:"), path
                assert page.soup.select(".errsum a"), path
                for item in page.soup.select(".errsum a"):
                    assert page.soup.select(f"[id='{item['href'].removeprefix('#')}']"), (path, item)
                assert all(has(page.soup, name, value) for name, value in kept.items()), (path, kept)
    assert failed > 1


def longest_of(fields):
    """Return one typed field alone, so that the form fails for want of the others."""
    typed = {name: value for name, value in fields.items() if name in ("name", "reason", "aliases", "about")}
    return dict(list(typed.items())[:1])


def has(soup, name, value):
    field = soup.select_one(f"main [name='{name}']")
    return field is not None and value in (field.get("value"), field.get_text().strip("\r\n"))


def test_criterion_15_whoever_joins_is_on_the_public_team_page_at_once(app, cast):
    newcomer = PRINCIPALS["newcomer"](app)
    before = Browser(app).get("/en/objectives/b1/team/").text("main")
    newcomer.post("/en/objectives/b1/join/", role="member", contribution="Soil maps of three villages.")
    newcomer.post("/en/objectives/b1/join/check/")
    after = Browser(app).get("/en/objectives/b1/team/").text("main")
    assert "Sam Whitfield" not in before and "Sam Whitfield" in after
