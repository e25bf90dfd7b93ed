"""The whole way of a newcomer, in a real browser, by the mails that are really written."""

import pytest
from playwright.sync_api import expect

from tests.looking import sign_in


@pytest.mark.parametrize("javascript", [True, False])
def test_criterion_2_a_visitor_joins_confirms_and_is_seen_by_the_secretary(visit, mailed_path, javascript):
    page = visit("/ar/", javascript=javascript, width=390)
    page.goto("/fr/")
    page.click("#find .tiles a >> nth=0")
    page.click(".join a.btn")
    page.check("input[value=member]")
    page.fill("#contribution", "Je peux analyser des sols dans trois villages.")
    page.click("main form .btn >> nth=0")
    page.fill("#email", "amina@village.example")
    page.fill("#name", "أمينة بن علي")
    page.select_option("#country", "TN")
    page.check("#agreed")
    page.click("main form .btn >> nth=0")
    page.click("main form .btn >> nth=0")
    expect(page.locator("main")).to_contain_text("amina@village.example")

    elsewhere = visit(mailed_path("amina@village.example"), javascript=javascript, width=390)
    expect(elsewhere.locator("html")).to_have_attribute("lang", "fr")
    elsewhere.click("main form .btn >> nth=0")
    expect(elsewhere.locator("main")).to_contain_text("A1")

    desk = visit("/en/", javascript=javascript)
    sign_in(desk, "secretary")
    desk.goto("/en/secretariat/")
    expect(desk.locator("main")).to_contain_text("أمينة بن علي")
    desk.goto("/en/objectives/a1/team/")
    expect(desk.locator("main")).to_contain_text("أمينة بن علي")


def test_criterion_2_somebody_signs_up_and_proposes_an_organisation_without_javascript(visit, mailed_path):
    page = visit("/es/sign-up/", javascript=False)
    page.fill("#email", "rosa@chacra.example")
    page.click("main form .btn")
    other = visit(mailed_path("rosa@chacra.example"), javascript=False)
    other.fill("#name", "Rosa Chacra")
    other.select_option("#country", "KE")
    other.check("#agreed")
    other.click("main form .btn")
    other.goto("/es/me/organisation/propose/")
    other.fill("#name", "Cooperativa de la Puna")
    other.select_option("#country", "BO")
    other.click("main form .btn")
    expect(other.locator("main")).to_contain_text("Cooperativa de la Puna")


def test_criterion_2_search_answers_while_typing_and_the_address_follows(visit):
    page = visit("/en/search/")
    page.locator("#q").press_sequentially("biochar")
    expect(page.locator("#results a").first).to_be_visible()
    page.wait_for_url("**/search/?q=biochar*")
    page.go_back()
    expect(page.locator("#q")).to_be_visible()
