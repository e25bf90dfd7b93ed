"""No page of somebody signed in reads a whole table that grows: each has the index it needs."""

import re

import pytest
from sqlalchemy import event

from permille.foundation.database import Base, db
from tests.engines import ON_SQLITE

SMALL = {"objective", "goal", "site", "audit_head"}
"""Tables of the strategy and of the site: they stay as long as they are."""
PAGES = (
    "me/",
    "me/offices/",
    "me/notifications/",
    "objectives/a1/",
    "objectives/a1/join/",
    "vacancies/a1/leader/",
)


@pytest.fixture
def plans(app):
    """Return a function that tells which tables the statements since the last time read from end to end."""
    asked = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if statement.startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)

    def scanned():
        found, statements = set(), asked[:]
        with app.app_context(), engine.connect() as connection:
            for statement, parameters in statements:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
                found |= {one for row in plan for one in _whole(row.detail, statement)}
        asked.clear()
        return found & set(Base.metadata.tables) - SMALL

    yield scanned
    event.remove(engine, "before_cursor_execute", note)


def _whole(step, statement):
    """Return the table a step of a plan reads whole, under its own name."""
    named = re.match(r"SCAN (\w+)\b(?! USING (COVERING )?INDEX)", step)
    if not named:
        return set()
    alias = named[1]
    return {next(iter(re.findall(rf"(?:FROM|JOIN) (\w+) AS {alias}\b", statement)), alias)}


@ON_SQLITE
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_somebody_signed_in_reads_no_table_from_end_to_end(browser, cast, plans, page):
    browser.sign_in(cast.email("leader"))
    plans()
    assert browser.get(f"/en/{page}").status == 200
    assert plans() == set()
