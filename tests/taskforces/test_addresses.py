"""The address of a task force: its code in small letters, and nothing that is not one."""


def test_an_unknown_objective_is_not_found(browser):
    for code in ("z9", "a11", "%00"):
        assert browser.get(f"/en/objectives/{code}/").status == 404


def test_a_code_typed_in_capitals_leads_to_its_page(browser):
    page = browser.get("/fr/objectives/A1/team/")
    assert (page.status, page.location) == (301, "/fr/objectives/a1/team/")
    assert browser.get("/fr/objectives/Z9/", follow=True).status == 404
