"""The list of objectives: one's own marked, and narrowed to open seats."""

import pytest

from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.taskforces.models import Mandate, Office


def codes(page):
    return [b.get_text() for b in page.soup.select(".tiles a > b")]


def open_seats(app, office, region=None):
    with app.app_context():
        held = {
            row.objective_id
            for row in db.session.query(Mandate).filter_by(office=office, region=region, ended_at=None)
        }
        return sorted(one.code for one in db.session.query(Objective) if one.id not in held)


def test_one_s_own_task_forces_are_marked(browser, cast):
    assert not browser.get("/en/objectives/").soup.select(".tiles .tag")
    browser.sign_in(cast.email("representative"))
    page = browser.get("/en/objectives/")
    assert "Regional Representative" in page.text(".tiles a[href$='/a1/'] .tag")


def test_objectives_whose_leader_is_wanted(app, browser):
    page = browser.get("/en/objectives/?seat=leader&region=africa")
    assert codes(page) == open_seats(app, Office.LEADER)
    assert "looking for a leader" in page.text("[role=status]")


@pytest.mark.parametrize("query", ["seat=representative&region=africa", "region=africa"])
def test_objectives_whose_representative_is_wanted_in_a_region(app, browser, query):
    page = browser.get(f"/en/objectives/?{query}")
    assert codes(page) == open_seats(app, Office.REPRESENTATIVE, "africa")
    assert page("select[name=region] option[selected]")["value"] == "africa"


def test_any_open_regional_seat_counts_without_a_region(app, browser):
    shown = codes(browser.get("/en/objectives/?seat=representative"))
    wanted = set()
    for region in ("africa", "asia-pacific", "europe", "latin-america-caribbean", "north-america"):
        wanted |= set(open_seats(app, Office.REPRESENTATIVE, region))
    assert shown == sorted(wanted)


def test_no_open_seat_says_so_and_leads_back(app, browser):
    with app.app_context():
        for code in open_seats(app, Office.LEADER):
            one = db.session.query(Objective).filter_by(code=code).one()
            db.session.add(Mandate(objective_id=one.id, person_id=1, office=Office.LEADER))
        db.session.commit()
    page = browser.get("/en/objectives/?seat=leader")
    assert codes(page) == []
    assert page("[role=status] a")["href"] == "/en/objectives/"


def test_narrowing_swaps_only_the_list(browser):
    part = browser.get("/ar/objectives/?seat=leader&region=", htmx=True)
    assert part.is_fragment and part("#list")


def test_nonsense_in_the_address_shows_everything(browser):
    assert len(codes(browser.get("/en/objectives/?seat=king&region=atlantis"))) == 24
