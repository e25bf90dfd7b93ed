"""Leaders and representatives hear of new members."""

from tests.browser import Browser


def join(app, cast, part, code):
    browser = Browser(app).sign_in(cast.email(part))
    browser.post(f"/en/objectives/{code}/join/", role="member", contribution="Soil maps of my valley.")
    assert browser.post(f"/en/objectives/{code}/join/check/").status == 303


def test_the_leader_and_the_representative_of_the_region_are_told_in_their_languages(app, cast, mails):
    already = len(mails())
    join(app, cast, "newcomer", "a1")
    told = {mail["to"]: mail for mail in mails()[already:]}
    assert cast.email("leader") in told and cast.email("newcomer") in told
    assert "Soil maps of my valley." in told[cast.email("leader")]["body"]
    page = Browser(app).sign_in(cast.email("leader")).get("/fr/me/notifications/")
    assert page(".list a")["href"] == "/fr/objectives/a1/team/"


def test_the_representative_of_another_region_is_not_told(app, cast, mails):
    already = len(mails())
    join(app, cast, "partner", "a1")
    assert cast.email("representative") not in {mail["to"] for mail in mails()[already:]}


def test_the_notification_does_not_outlive_the_member_by_their_name(app, cast):
    join(app, cast, "partner", "a1")
    page = Browser(app).sign_in(cast.email("leader")).get("/en/me/notifications/")
    assert "Somebody new has joined" in page.text(".list")
    assert "李青禾" not in page.text(".list")
