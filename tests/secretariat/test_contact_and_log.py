"""The published contact, and reading the audit log."""


def test_a_contact_is_published_on_the_help_page_at_once(browser, desk):
    old = browser.get("/en/help/")
    assert "has not published an address" in old.text("main")
    assert desk.post("/en/secretariat/contact/", email="no address").status == 422
    assert desk.post("/en/secretariat/contact/", email="soils@secretariat.example").status == 303
    fresh = browser.get("/en/help/", If_None_Match=old.headers["ETag"])
    assert fresh.status == 200 and "soils@secretariat.example" in fresh.text("main")
    desk.post("/en/secretariat/contact/", email="")
    assert "has not published an address" in browser.get("/en/help/").text("main")


def test_the_log_is_narrowed_by_act_by_person_and_by_record(desk, cast):
    desk.post("/en/secretariat/contact/", email="soils@secretariat.example")
    desk.post(f"/en/secretariat/people/{cast.id('member')}/sign-out/")
    log = "/en/secretariat/audit/"
    assert "contact.changed" in desk.get(log + "?action=contact.changed").text("tbody")
    assert "person.signed_out" not in desk.get(log + "?action=contact.changed").text("tbody")
    assert "person.signed_out" in desk.get(f"{log}?person={cast.id('secretary')}").text("tbody")
    about = desk.get(f"{log}?about=person&record={cast.id('member')}")
    assert "person.signed_out" in about.text("tbody") and "contact" not in about.text("tbody")
    assert "No act fits" in desk.get(f"{log}?person={cast.id('member')}").text("main")
    assert desk.get(f"{log}?before=99999999999999999999").status == 404
