"""What a page may cost: statements, bytes, and no write on reading."""

import gzip

import pytest

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@pytest.mark.parametrize(
    ("path", "budget"),
    [
        ("/en/", 2),
        ("/ar/objectives/", 2),
        ("/en/objectives/a1/", 4),
        ("/fr/africa/", 4),
        ("/zh/asia-pacific/", 4),
        ("/en/regions/", 2),
        ("/ru/vacancies/", 3),
        ("/ru/vacancies/f2/africa/", 4),
        ("/en/objectives/?seat=representative&region=africa", 2),
        ("/ar/africa/people/", 4),
        ("/en/europe/people/?country=FR", 4),
        ("/en/offices/?page=all", 3),
        ("/fr/africa/offices/?goal=A&office=leader", 3),
    ],
)
def test_a_public_page_stays_within_its_statements(browser, statements, path, budget):
    statements.clear()
    browser.get(path)
    assert len(statements) <= budget, "\n\n".join(statements)


@pytest.mark.parametrize("path", ["/en/", "/en/objectives/a1/", "/ar/africa/"])
def test_an_unchanged_page_costs_one_statement(browser, statements, path):
    tag = browser.get(path).headers["ETag"]
    statements.clear()
    assert browser.get(path, If_None_Match=tag).status == 304
    assert len(statements) == 1


def test_reading_never_writes(app, browser, cast, statements):
    browser.sign_in(cast.email("secretary"))
    statements.clear()
    for path in (
        "/en/",
        "/en/me/",
        "/en/objectives/a1/",
        "/en/objectives/b1/join/",
        "/en/secretariat/",
        "/en/africa/",
        "/en/search/?q=soil",
    ):
        assert browser.get(path).status == 200
    assert [one for one in statements if one.lstrip().upper().startswith(WRITES)] == []


@pytest.mark.parametrize("lang", ["en", "ar", "ru"])
def test_criterion_3_a_first_visit_weighs_little(browser, lang):
    for path in (f"/{lang}/", f"/{lang}/objectives/a1/", f"/{lang}/africa/"):
        page = browser.get(path)
        sheets = [link["href"] for link in page.soup.select("link[rel=stylesheet]")]
        scripts = [script["src"] for script in page.soup.select("script[src]")]
        html = len(gzip.compress(page.html.encode(), 6))
        rest = sum(
            len(browser.client.get(one, headers={"Accept-Encoding": "gzip"}).data) for one in sheets + scripts
        )
        assert html <= 15_000, f"{path}: {html}"
        assert html + rest <= 40_000 and len(sheets + scripts) <= 3
        assert not page.soup.select("img, link[rel=preload], iframe")
