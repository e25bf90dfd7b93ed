"""The record as a PDF: for whoever may read it, in their language, made without holding the database."""

import time

import pytest

from permille.foundation import documents
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Person, Role
from permille.vacancies import record_routes
from permille.vacancies.models import Vacancy
from permille.vacancies.record import RecordEntry
from tests.browser import Browser
from tests.cast import change
from tests.engines import ON_SQLITE
from tests.foundation.test_documents import letters_of, pages_of, unpacked


@pytest.fixture
def desk(app, cast):
    return Browser(app).sign_in(cast.email("secretary"))


@pytest.fixture
def paper(monkeypatch):
    """Return a list of what documents were made of."""
    made = []
    monkeypatch.setattr(record_routes, "document", lambda *_given, **said: made.append(said) or b"%PDF-")
    return made


def test_the_record_is_saved_as_a_file_of_one_reader(app, desk, call, applied):
    page = desk.get(f"/en/vacancies/records/{call}/")
    link = page('a[href$="/pdf/"]')
    assert link.get_text() == "Save as PDF"
    answer = desk.client.get(link["href"])
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=record-c2-africa-{call}.pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.data.startswith(b"%PDF-") and b"Record of the vacancy" in unpacked(answer.data)


@ON_SQLITE
def test_it_says_all_that_the_page_says(app, cast, desk, call, applied, paper):
    desk.post(f"/en/vacancies/records/{call}/", correction="Entry 1: it was Niger.")
    desk.get(f"/en/vacancies/records/{call}/pdf/")
    said = paper[0]
    assert said["title"] == "Record of the vacancy" and said["seat"].startswith("C2 · ")
    assert said["seat"].endswith("Regional Representative · Africa") and said["flaws"] == []
    facts = dict(said["facts"])
    assert facts["State"] == "Call open" and "UTC" in facts["Made on"] and facts["Entries"] == "2"
    assert facts["Made by"] == change(app, cast.id("secretary"))
    first, second = said["entries"]
    assert (first["act"], first["who"]) == ("Applied for a seat", "李青禾")
    assert "Because the soils of my village wait." in dict(first["said"]).values()
    assert "Entry 1: it was Niger." in dict(second["said"]).values()
    assert "<" not in str(said["entries"])
    with app.app_context():
        assert said["seal"] == db.session.get_one(Vacancy, call).seal


@ON_SQLITE
@pytest.mark.parametrize("lang", ["ar", "zh", "ru"])
def test_it_speaks_the_language_of_its_address(desk, call, applied, lang):
    pdf = desk.client.get(f"/{lang}/vacancies/records/{call}/pdf/").data
    assert f"/Lang({lang}".encode() in unpacked(pdf)
    assert (
        len(letters_of(pdf) & {"ar": set("سجلطلب"), "zh": set("记录空缺"), "ru": set("Записьвна")}[lang]) >= 3
    )


@ON_SQLITE
def test_it_is_for_the_secretariat_but_not_for_a_candidate_among_them(app, cast, call, applied):
    where = f"/en/vacancies/records/{call}/pdf/"
    assert Browser(app).get(where).status == 302
    assert Browser(app).sign_in(cast.email("leader")).get(where).status == 403
    change(app, cast.id("partner"), role=Role.SECRETARY)
    assert Browser(app).sign_in(cast.email("partner")).get(where).status == 403


@ON_SQLITE
def test_what_was_tampered_with_or_erased_is_said(app, desk, call, applied, paper):
    with app.app_context():
        db.session.execute(db.text("DROP TRIGGER record_entry_stays"))
        db.session.execute(db.update(RecordEntry).values(said=None, act="call.opened"))
        db.session.commit()
    desk.get(f"/en/vacancies/records/{call}/pdf/")
    assert "entry 1 is not what was written" in paper[0]["flaws"][0]
    assert "had to be erased" in paper[0]["entries"][0]["note"]


def test_no_transaction_is_open_while_it_is_made(desk, call, applied, monkeypatch):
    seen = []

    def making(*_given, **_said):
        seen.append(db.session().in_transaction())
        return b"%PDF-"

    monkeypatch.setattr(record_routes, "document", making)
    assert desk.get(f"/en/vacancies/records/{call}/pdf/").status == 200
    assert seen == [False]


@ON_SQLITE
def test_what_cannot_be_made_leads_back_to_the_page_which_says_so(desk, call, applied, monkeypatch, tmp_path):
    monkeypatch.setattr(documents, "FOLDER", tmp_path)
    page = desk.get(f"/en/vacancies/records/{call}/pdf/", follow=True)
    assert page.status == 200 and "You can print this page instead." in page.text(".flash.bad")


@ON_SQLITE
def test_a_long_record_takes_a_few_seconds_and_a_few_statements(app, cast, desk, call, statements):
    with app.app_context():
        vacancy, person = db.session.get_one(Vacancy, call), db.session.get_one(Person, cast.id("secretary"))
        rows = []
        for n in range(500):
            one = {"vacancy_id": call, "number": n + 1, "act": "record.corrected", "created_at": now()}
            said = {"said": {"correction": f"Entry {n}: " + "it was Niger. " * 20}, "actor_id": person.id}
            seals = dict.fromkeys(("salt", "said_seal", "actor_seal", "subject_seal", "digest"), "0")
            rows.append(one | said | seals)
        db.session.execute(db.insert(RecordEntry), rows)
        vacancy.entries = 500
        db.session.commit()
    statements.clear()
    began = time.monotonic()
    pdf = desk.client.get(f"/en/vacancies/records/{call}/pdf/").data
    assert time.monotonic() - began < 5
    assert pages_of(pdf) > 30 and len(statements) <= 9
