"""Every figure says what it counts, and what is not known is said in words, as far as there are figures yet."""

import re

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.objectives.models import Objective


@pytest.fixture
def codes(app):
    with app.app_context():
        return list(db.session.scalars(select(Objective.code).order_by(Objective.code)))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_criterion_20_each_objective_tells_baseline_and_targets_with_their_years(browser, codes, lang):
    for code in codes:
        steps = browser.get(f"/{lang}/objectives/{code.lower()}/").soup.select(".tl > li")
        years = [re.search(r"\d{4}|[٠-٩]{4}", step.h3.get_text())[0] for step in steps]
        assert years == sorted(years) and {"2020", "2050"} <= set(years), f"{code}: {years}"
        for step in steps:
            assert step.h3.small.get_text(strip=True), f"{code}: a year without what it is"
            words = " ".join(p.get_text(" ", strip=True) for p in step.select("p"))
            assert words or "now" in step["class"], f"{code}: a year without a text"
            assert words.strip() not in ("0", "0 %"), f"{code}: missing data shown as nought"


def test_criterion_20_every_count_on_a_portal_has_its_unit_and_can_be_read_as_a_table(browser):
    page = browser.get("/en/africa/")
    heads = [head.get_text(strip=True) for head in page.soup.select("table thead th")]
    assert heads == ["Country", "People", "Organisations"]
    for row in page.soup.select("table tbody tr"):
        assert len(row.select("th[scope=row]")) == 1 and len(row.select("td.n")) == 2
    for item in page.soup.select(".ph .meta li"):
        assert re.search(r"\d", item.get_text()) and re.search(r"[a-z]{4}", item.get_text())


def test_criterion_20_the_figures_of_the_regions_name_their_unit(browser):
    for chip in browser.get("/en/").soup.select(".band .num"):
        assert "people" in chip.get_text()
