"""The page of a record: who did what and when, checked as it is shown, corrected only by adding."""

from sqlalchemy import text

from permille.foundation.database import db
from permille.people.models import Role
from tests.browser import Browser
from tests.cast import change
from tests.vacancies.conftest import SEAT, acts_of


def test_the_record_tells_everything_in_order_and_says_that_it_was_checked(app, cast, call, applied):
    desk = Browser(app).sign_in(cast.email("secretary"))
    desk.post("/en/vacancies/calls/close/", seat="c2/africa")
    page = desk.get(f"/en/vacancies/records/{call}/")
    said = page.text("main")
    assert "every entry is as it was written" in said
    assert said.index("applied for a seat") < said.index("closed a call")
    assert "Because the soils of my village wait." in said and "French and Arabic" not in said.lower()
    assert page(f'a[href="{SEAT}/"]')
    assert desk.get(f"{SEAT}/")(f'a[href="/en/vacancies/records/{call}/"]')


def test_entries_have_the_numbers_a_correction_names_them_by(app, cast, call, applied):
    desk = Browser(app).sign_in(cast.email("secretary"))
    desk.post("/en/vacancies/calls/close/", seat="c2/africa")
    page = desk.get(f"/en/vacancies/records/{call}/")
    heads = [" ".join(one.get_text().split()) for one in page.soup.select("ol.list h2")]
    assert [one.partition(" · ")[0] for one in heads] == ["1. applied for a seat", "2. closed a call"]


def test_a_record_that_was_tampered_with_says_so(app, cast, call, applied):
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            db.session.execute(text("DROP TRIGGER record_entry_stays"))
        else:
            db.session.execute(text("ALTER TABLE record_entry DISABLE TRIGGER ALL"))
        db.session.execute(text(f"UPDATE record_entry SET act = 'call.opened' WHERE vacancy_id = {call}"))
        db.session.commit()
    page = Browser(app).sign_in(cast.email("secretary")).get(f"/en/vacancies/records/{call}/")
    assert "entry 1 is not what was written" in page.text("[role=alert]")


def test_a_correction_is_added_and_changes_nothing(app, cast, call, applied):
    desk = Browser(app).sign_in(cast.email("secretary"))
    where = f"/en/vacancies/records/{call}/"
    assert desk.post(where, correction="").status == 422
    assert desk.post(where, correction="Entry 1: it was Niger.").status == 303
    assert acts_of(app, call) == ["application.sent", "record.corrected"]
    page = desk.get(where).text("main")
    assert "Entry 1: it was Niger." in page and "every entry is as it was written" in page


def test_a_record_is_for_the_secretariat_but_not_for_a_candidate_among_them(app, cast, call, applied):
    where = f"/en/vacancies/records/{call}/"
    for part in ("member", "leader"):
        assert Browser(app).sign_in(cast.email(part)).get(where).status == 403
    change(app, cast.id("partner"), role=Role.SECRETARY)
    assert Browser(app).sign_in(cast.email("partner")).get(where).status == 403
    assert Browser(app).sign_in(cast.email("secretary")).get("/en/vacancies/records/999999/").status == 404


def test_who_is_gone_has_no_name_and_no_words_in_the_record(app, cast, call, applied):
    assert Browser(app).sign_in(cast.email("partner")).post("/en/me/delete/").status == 303
    page = Browser(app).sign_in(cast.email("secretary")).get(f"/en/vacancies/records/{call}/")
    said = page.text("main")
    assert "every entry is as it was written" in said and "had to be erased" in said
    assert "李青禾" not in said and "Because the soils" not in said
