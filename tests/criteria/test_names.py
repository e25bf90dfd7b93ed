"""Whatever people write of themselves keeps to itself, in every script and on every page."""

import pytest
from bs4 import BeautifulSoup, NavigableString
from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Affiliation, Organisation, Person
from permille.taskforces.models import Membership
from tests.browser import Browser

MARK = "٭(شركة) Ltd."
OWN = ("title", "option", "textarea")
"""Elements that hold nothing but one text, or cannot hold an element."""

PAGES = (
    "/en/africa/", "/en/vacancies/", "/en/vacancies/f1/africa/", "/en/objectives/a1/", "/en/objectives/a1/team/", "/en/search/?q=شركة", "/en/people/{member}/",
    "/en/organisations/{organisation}/", "/en/me/", "/en/me/profile/", "/en/me/sessions/", "/en/me/organisation/?q=شركة",
    "/en/secretariat/", "/en/secretariat/organisations/", "/en/secretariat/organisations/{organisation}/",
    "/en/secretariat/organisations/{organisation}/facts/", "/en/secretariat/organisations/{organisation}/merge/?q=شركة",
    "/en/secretariat/people/", "/en/secretariat/people/{member}/", "/en/secretariat/people/{member}/role/",
    "/en/secretariat/people/{member}/suspend/", "/en/secretariat/audit/",
)  # fmt: skip


@pytest.fixture
def marked(app, cast):
    """Everybody and everything bears a name of Arabic and of Latin letters, with brackets and a point."""
    from permille.people.claims import index_organisation
    from permille.people.indexing import index_person

    with app.app_context():
        for one in db.session.scalars(select(Organisation)):
            one.name, one.aliases = f"{MARK} {one.id}", [f"{MARK} other {one.id}"]
            index_organisation(db.session, one)
        for one in db.session.scalars(select(Person)):
            one.name, one.about, one.published = f"{MARK} {one.id}", f"{MARK} about", ["country", "about"]
            index_person(db.session, one)
        for one in db.session.scalars(select(Membership)):
            one.contribution = f"{MARK} brings"
        held = db.session.scalars(
            select(Affiliation).where(Affiliation.person_id == cast.id("partner"))
        ).one()
        held.confirmed_at = None
        member = db.session.get(Person, cast.id("member"))
        organisation = member.affiliation.organisation_id
        db.session.commit()
        return {"member": cast.id("member"), "organisation": organisation}


def is_sheltered(text: NavigableString) -> bool:
    return any(
        tag.name in ("bdi", *OWN) or tag.get("dir") == "auto"
        for tag in text.parents
        if not isinstance(tag, BeautifulSoup)
    )


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_criterion_12_every_name_is_isolated_from_the_words_around_it(app, cast, marked, lang):
    browser = Browser(app).sign_in(cast.email("secretary"))
    seen = 0
    for path in PAGES:
        page = browser.get(path.format(**marked).replace("/en/", f"/{lang}/", 1))
        assert page.status == 200, path
        for text in page.soup.find_all(string=lambda text: MARK in text):
            seen += 1
            assert is_sheltered(text), f"{path}: {text.parent}"
    assert seen > 100
