"""Search and the portals, as a visitor finds them."""

import pytest

from permille.foundation.database import db
from permille.people.indexing import index_person
from permille.people.models import Person


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("soil health", "Soil Health Observatory"),
        ("loess", "黄土高原土壤研究所"),
        ("黄土", "黄土高原土壤研究所"),
        ("الأطلس", "تعاونية أطلس الخضراء"),
        ("ouedraogo", "Aïssata Ouédraogo"),
        ("kenya", "Africa"),
        ("ndc", "NDCs"),
    ],
)
def test_what_people_look_for_is_found(browser, words, found):
    assert found in browser.get(f"/en/search/?q={words}").text("#results")


def test_a_search_without_hits_says_what_to_do(browser):
    page = browser.get("/en/search/?q=zzzzzz")
    assert "Nothing was found" in page.text("#results")
    assert page("#results a")


def test_typing_gets_only_the_results(browser):
    page = browser.get("/en/search/?q=soil", htmx=True)
    assert page.is_fragment and page("#results")


def test_whoever_is_not_listed_is_not_found(app, browser):
    from sqlalchemy import select

    from permille.foundation.database import db
    from permille.people.models import Person

    with app.app_context():
        hidden = db.session.scalars(select(Person).where(Person.is_listed.is_(False))).first()
        name, row_id = hidden.name, hidden.id
    assert not browser.get(f"/en/search/?q={name}")(f"#results a[href$='/people/{row_id}/']")
    assert browser.get(f"/en/people/{row_id}/").status == 404


def test_a_portal_shows_its_seats_its_countries_and_what_is_new(browser):
    page = browser.get("/en/africa/")
    assert "Aïssata Ouédraogo" in page.text("main")
    assert page("a[href^='/en/vacancies/'][href$='/africa/']")
    assert "Burkina Faso" in page.text("table")


def test_the_map_of_the_site_names_every_page_in_every_language(browser):
    text = browser.client.get("/sitemap.xml").get_data(as_text=True)
    for lang in ("ar", "zh", "en", "fr", "ru", "es"):
        assert f"/{lang}/objectives/f3/</loc>" in text and f"/{lang}/africa/</loc>" in text


def test_the_demonstration_says_what_it_is_on_every_page(browser):
    for path in ("/en/", "/ar/objectives/a1/", "/zh/sign-in/"):
        assert browser.get(path)(".demo")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("саженцы", "Саженцы Дона"),
        ("الواحة", "رابطة الواحة"),
        ("绿色梯田", "绿色梯田协会"),
        ("señorío", "Señorío del Maíz"),
        ("senorio", "Señorío del Maíz"),
        ("ferme", "La Ferme d’Émilie"),
    ],
)
def test_an_organisation_is_found_in_its_script_by_name_and_by_alias(app, browser, words, name):
    from permille.people.claims import index_organisation
    from permille.people.models import Organisation, StandingState

    with app.app_context():
        for own, aliases in ((name, []), ("Known by another name", [name])):
            one = Organisation(name=own, aliases=aliases, country="KE")
            db.session.add(one)
            one.stand(StandingState.PARTNER, None)
            db.session.flush()
            index_organisation(db.session, one)
        db.session.commit()
    shown = browser.get(f"/en/search/?q={words}").text("#results")
    assert name in shown and "Known by another name" in shown


def test_a_search_says_when_there_is_more_than_it_shows(app, browser):
    with app.app_context():
        for n in range(25):
            person = Person(email=f"zz{n}@village.example", name=f"Zanzibara {n:02}", affiliations=[])
            person.confirm()
            db.session.add(person)
            db.session.flush()
            index_person(db.session, person)
        db.session.commit()
    page = browser.get("/en/search/?q=zanzibara")
    assert len(page.soup.select("#results .list li")) == 20
    assert "There are more than 20" in page.text("#results")
    assert "More than 20 results" in page.text("#results [role=status]")
    assert "more than" not in browser.get("/en/search/?q=zanzibara+07").text("#results").lower()


@pytest.mark.parametrize("written", ["Кения", "肯尼亚", "كينيا", "ken", "KE"])
def test_a_country_is_found_by_its_name_in_any_language(browser, written):
    assert "Kenya" in browser.get(f"/en/search/?q={written}").text("#results")


def test_a_region_is_found_by_its_name_in_any_language(browser):
    assert "Africa" in browser.get("/en/search/?q=Африка").text("#results")
