"""Reading any page writes nothing, and costs no more when there are many."""

import re

import pytest

from permille.foundation.database import db
from tests.benchmarks.seed import fill
from tests.browser import Browser
from tests.security.matrix import address, routes
from tests.security.principals import PRINCIPALS
from tests.security.staging import stage

WRITING = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|REPLACE\s+INTO)\b", re.IGNORECASE)
MANY = 2_000
COUNTED = {
    "visitor": (
        "/en/", "/en/objectives/", "/en/objectives/a1/", "/en/objectives/a1/team/", "/en/africa/", "/en/africa/people/",
        "/en/regions/", "/en/search/?q=soil", "/en/people/{person}/", "/en/organisations/{organisation}/",
    ),
    "secretary": (
        "/en/objectives/a1/team/", "/en/secretariat/", "/en/secretariat/people/", "/en/secretariat/people/{person}/",
        "/en/secretariat/organisations/", "/en/secretariat/organisations/{organisation}/", "/en/secretariat/affiliations/",
        "/en/secretariat/invitations/", "/en/secretariat/mail/", "/en/secretariat/audit/",
    ),
}  # fmt: skip


@pytest.mark.parametrize("role", ["visitor", "leader", "secretary"])
def test_reading_any_page_writes_nothing(app, cast, statements, role):
    ids = stage(app, cast)
    browser = PRINCIPALS[role](app)
    for method, path in routes(app):
        if method == "GET":
            statements.clear()
            browser.client.get(address(path, cast, ids))
            assert [one for one in statements if WRITING.search(one)] == [], path


def test_writing_is_recognised():
    assert WRITING.search("UPDATE person SET name=?") and WRITING.search("INSERT INTO person (id) VALUES (1)")
    assert not WRITING.search("SELECT 1 FROM person FOR UPDATE")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_page_takes_as_many_statements_for_few_as_for_two_thousand(app, cast, statements):
    ids = {"person": cast.id("member"), "organisation": 1}
    browsers = {role: PRINCIPALS[role](app) for role in COUNTED}
    few = counted(browsers, statements, ids)
    with app.app_context():
        fill(db.session, people=MANY, organisations=MANY, team=MANY // 10)
    assert counted(browsers, statements, ids) == few


def counted(browsers: dict[str, Browser], statements, ids):
    """Return the number of statements of each page, by role and address."""
    found = {}
    for role, paths in COUNTED.items():
        for path in paths:
            statements.clear()
            # with a query a page is not kept, so it is drawn anew each time
            where = path.format(**ids) + ("&" if "?" in path else "?") + "anew=1"
            assert browsers[role].client.get(where).status_code == 200, where
            found[role, path] = len(statements)
    return found
