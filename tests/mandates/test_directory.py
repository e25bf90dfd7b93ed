"""The directory of office holders: of the world and of each region, narrowed, a page at a time."""

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.mandates.directory import directory
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate, Office
from permille.vacancies.seats import SeatName
from tests.cast import change
from tests.engines import ON_SQLITE
from tests.mandates.conftest import SEAT, row_of

WORLD = "/en/offices/?goal=C"
ROW = f'tr:has(a[href="{SEAT}/"])'


def seats(page):
    return [row.th.get_text(" ", strip=True) for row in page.soup.select("tbody tr")]


def test_a_line_says_who_holds_a_seat_from_where_since_when_and_until_when(browser, office, change_mandate):
    change_mandate(office, begins_on=None, ends_on=None)
    page = browser.get(WORLD)
    line = page.text(ROW)
    assert "Advocacy & Awareness" in line and "Europe" in line and "Oliver Hedge" in line
    assert "Coral Islands Land Authority" in line and "Write to Oliver Hedge" in line
    assert "@" not in page.text("main")
    since = browser.get(WORLD)(f"{ROW} time")
    assert since["datetime"] == f"{now():%Y-%m-%d}"


@ON_SQLITE
def test_whoever_only_acts_is_marked_and_whoever_is_not_listed_is_not_named(
    app, browser, office, change_mandate
):
    change_mandate(office, is_acting=True)
    name = change(app, row_of(app, office)["person_id"], is_listed=False)
    page = browser.get(WORLD)
    assert "Acting" in page.text(ROW) and "until somebody is found" in page.text(ROW)
    assert "prefers not to be listed" in page.text(ROW) and "Write to the holder" in page.text(ROW)
    assert name not in page.text(ROW) and "Coral Islands" not in page.text(ROW)
    change(app, row_of(app, office)["person_id"], suspended_at=now())
    assert "Write" not in browser.get(WORLD).text(ROW)


@ON_SQLITE
def test_an_open_seat_leads_to_its_vacancy(browser, office, change_mandate):
    change_mandate(office, ended_at=now())
    cell = browser.get(WORLD).soup.select_one(ROW).select("td")[1]
    assert "Open seat" in cell.get_text() and cell.a["href"] == f"{SEAT}/"


@ON_SQLITE
def test_a_region_lists_its_own_seats_and_the_leaders(browser):
    page = browser.get("/en/europe/offices/")
    places = {row.td.get_text(strip=True) for row in page.soup.select("tbody tr")}
    assert len(seats(page)) == 48 and places == {"Europe", "All regions"} and not page(".pager")
    assert browser.get("/en/europe/")('a[href="/en/europe/offices/"]')
    assert browser.get("/en/vacancies/")('a[href="/en/offices/"]')


@ON_SQLITE
@pytest.mark.parametrize(
    ("asked", "n", "fits"),
    [
        ("goal=C", 24, lambda seat: seat.startswith("C")),
        ("office=leader", 24, lambda seat: "Task Force Leader" in seat),
        ("goal=F&office=representative", 15, lambda seat: "Regional Representative" in seat),
        ("goal=Z&office=king", 48, bool),
    ],
)
def test_it_is_narrowed_to_a_goal_and_to_an_office(browser, asked, n, fits):
    found = seats(browser.get(f"/en/offices/?{asked}"))
    assert len(found) == n and all(map(fits, found))


@ON_SQLITE
def test_it_is_read_a_page_at_a_time_or_at_once(browser):
    found, where = [], "/en/offices/?office=representative"
    while where:
        page = browser.get(where)
        found += seats(page)
        following = page("a[rel=next]")
        where = following["href"] if following else None
    assert len(found) == 120 and found == sorted(found)
    assert {browser.get(f"/en/offices/?page={n}").status for n in ("0", "4", "-1", "x")} == {404}


def test_it_costs_the_same_for_few_and_for_many(app, statements):
    with app.app_context():
        statements.clear()
        open_seats = [one.name for one in directory(db.session, ["africa"]).entries if one.seat.is_open]
        assert len(statements) == 2 and len(open_seats) > 20
        holders = set(db.session.execute(select(Mandate.objective_id, Mandate.person_id)))
        people = list(db.session.scalars(select(Person.id).where(Person.public())))
        for row_id, code in db.session.execute(select(Objective.id, Objective.code)):
            if SeatName(code, "africa") in open_seats:
                free = next(one for one in people if (row_id, one) not in holders)
                office = {"office": Office.REPRESENTATIVE, "region": "africa"}
                db.session.add(Mandate(objective_id=row_id, person_id=free, **office))
        db.session.commit()
        statements.clear()
        every = directory(db.session, ["africa"]).entries
        assert not [one for one in every if one.seat.is_open and one.name.region] and len(every) == 48
        assert len(statements) == 2
