"""Somebody who holds an office takes their data along and leaves for good, in a real browser."""

import json
from pathlib import Path

import pytest

from tests.journeys.test_arriving import press, well_made
from tests.journeys.ways import ways


@pytest.mark.parametrize(("database_url", "lang", "javascript", "width"), ways(), indirect=["database_url"])
def test_criterion_d14_from_the_file_of_ones_data_to_a_seat_that_is_open(
    visit, mailed_path, lang, javascript, width
):
    page = visit(f"/{lang}/sign-in/?next=/{lang}/me/data/", width=width, javascript=javascript)
    assert [one["name"] for one in page.context.cookies() if one["name"] != "sid"] == []
    page.fill("#email", "representative@demo.example")
    page.fill("#password", "four per thousand")
    press(page, "main form button.btn >> nth=0")
    well_made(page, javascript)
    with page.expect_download() as saved:
        page.click("main form button.btn")
    held = json.loads(Path(saved.value.path()).read_text("utf-8"))
    assert held["account"]["e-mail"] == "representative@demo.example" and held["offices"]
    page.goto(f"/{lang}/vacancies/a1/africa/")
    name = held["account"]["name"]
    assert name in page.inner_text("main")
    page.goto(f"/{lang}/me/delete/")
    well_made(page, javascript)
    press(page, "main form button.btn.bad")
    assert mailed_path("representative@demo.example").startswith("/")  # the last mail came
    for path in ("vacancies/a1/africa/", "objectives/a1/", "africa/"):
        page.goto(f"/{lang}/{path}")
        assert name not in page.inner_text("main"), path
    page.goto(f"/{lang}/me/")
    assert "/sign-in/" in page.url
    page.goto(f"/{lang}/privacy/")
    well_made(page, javascript)
