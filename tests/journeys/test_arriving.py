"""A visitor becomes a member and says where they belong, in a real browser, by the mails that are really written."""

import pytest

from tests.journeys.ways import ways
from tests.looking import is_wider_than_its_window, violations

ADDRESS = "amina@village.example"


def well_made(page, javascript):
    if javascript:
        assert violations(page) == [] and not is_wider_than_its_window(page), page.url


def press(page, selector):
    with page.expect_navigation():
        page.click(selector)


@pytest.mark.parametrize(("database_url", "lang", "javascript", "width"), ways(), indirect=["database_url"])
def test_criterion_d4_from_an_address_to_a_claimed_organisation(visit, mailed_path, lang, javascript, width):
    page = visit(f"/{lang}/sign-up/", width=width, javascript=javascript)
    well_made(page, javascript)
    page.fill("#email", ADDRESS)
    press(page, "main form button.btn")
    assert ADDRESS in page.inner_text("main")
    first = mailed_path(ADDRESS)
    well_made(page, javascript)
    page.goto(f"/{lang}/sign-up/")  # the mail is lost: asked again, both links open
    page.fill("#email", ADDRESS)
    press(page, "main form button.btn")
    for path in (first, mailed_path(ADDRESS)):
        page.goto(path)
        assert ADDRESS in page.inner_text("main")
    assert page.get_attribute("html", "lang") == lang
    well_made(page, javascript)
    page.fill("#name", "أمينة بن علي")
    page.select_option("#country", "TN")
    page.check("#agreed")
    press(page, "main form button.btn")
    page.goto(f"/{lang}/me/organisation/?q=INRAE-D")
    well_made(page, javascript)
    page.goto(f"/{lang}/me/organisation/")
    page.fill("#q", "Sahel")
    page.press("#q", "Enter")
    page.wait_for_selector("input[name=organisation]")
    chosen = page.locator("input[name=organisation]").first
    name = page.locator(f"label[for={chosen.get_attribute('id')}]").inner_text().splitlines()[0]
    chosen.check()
    press(page, "#organisations form button.btn")
    page.goto(f"/{lang}/me/")
    assert name in page.inner_text("main")
    well_made(page, javascript)
