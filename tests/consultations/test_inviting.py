"""Inviting and reminding: looked at before, tested, sent in each language, and what was not delivered."""

import pytest
from sqlalchemy import select

from permille.consultations.models import Consultee
from permille.consultations.words import WRITTEN_IN
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.languages import speaking
from permille.foundation.outbox import Job
from permille.vacancies.models import Application, Vacancy
from tests.browser import Browser
from tests.consultations.conftest import DESK, TYPED, asked_by, preparation
from tests.vacancies.conftest import ANSWERS, acts_of, day


def mark(lang):
    """Return what a reader of a language is told of a question in English."""
    with speaking(lang):
        return str(WRITTEN_IN["en"])


def stand_for(app, person_id, vacancy_id):
    """Let somebody stand for the seat, as if they had sent an application."""
    with app.app_context():
        db.session.add(
            Application(
                vacancy_id=vacancy_id,
                person_id=person_id,
                number="C2-88888",
                sent_at=now(),
                evidence=[],
                **ANSWERS,
            )
        )
        db.session.commit()


def test_the_mails_are_shown_in_every_language_they_will_be_sent_in_and_a_test_goes_to_oneself(
    app, cast, desk, prepared, mails
):
    desk.post(f"{DESK}/addresses/", addresses=TYPED, language="fr")
    desk.post(f"{DESK}/addresses/", addresses="soils@village.example", language="en")
    page = desk.get(f"{DESK}/invite/")
    shown = {one["lang"]: one.get_text() for one in page.soup.select("div.note[lang]")}
    assert set(shown) == {"en", "fr"} and "Que savez-vous d’eux" in shown["fr"]
    before = len(mails())
    assert desk.post(f"{DESK}/test/").status == 303
    assert {(mail["to"], mail["lang"]) for mail in mails()[before:]} == {
        (cast.email("secretary"), "en"), (cast.email("secretary"), "fr")
    }  # fmt: skip
    with app.app_context():
        assert not db.session.scalars(select(Consultee.id).where(Consultee.invited_at.is_not(None))).all()


def test_a_question_left_empty_in_a_language_is_marked_in_its_mail_and_warned_of_before(
    app, desk, prepared, mails
):
    for lang, address in (("ar", "soils"), ("es", "suelos"), ("fr", "sols")):
        desk.post(f"{DESK}/addresses/", addresses=f"{address}@village.example Someone", language=lang)
    page = desk.get(f"{DESK}/invite/")
    assert [one["lang"] for one in page.soup.select("main p.note bdi[lang]")] == ["ar", "es"]
    assert page(f'p.note a[href="{DESK}/change/"]')
    shown = {one["lang"]: one.get_text() for one in page.soup.select("div.note[lang]")}
    assert {lang: mark(lang) in text for lang, text in shown.items()} == {"ar": True, "es": True, "fr": False}
    assert desk.post(f"{DESK}/invite/").status == 303
    desk.post(f"{DESK}/remind/")
    for lang, address in (("ar", "soils"), ("es", "suelos"), ("fr", "sols")):
        first, second = [mail for mail in mails() if mail["to"] == f"{address}@village.example"]
        for mail in (first, second):
            assert (mark(lang) in mail["body"], mark(lang) in mail["html"]) == (lang != "fr", lang != "fr")
            # English within Arabic keeps its order; within Spanish nothing needs to be isolated.
            assert ("\u2066What do you know of them?\u2069" in mail["body"]) == (lang == "ar")
    assert not desk.get(f"{DESK}/remind/")("p.note a")


def test_every_line_of_a_question_that_runs_the_other_way_is_isolated(desk, prepared, mails):
    desk.post(f"{DESK}/change/", question_ar="ما رأيك؟\r\n\r\nولماذا؟", last_day=day(14))
    desk.post(f"{DESK}/addresses/", addresses=TYPED, language="fr")
    desk.post(f"{DESK}/invite/")
    mail = [mail for mail in mails() if mail["to"] == "forum@village.example"][-1]
    assert "\u2067ما رأيك؟\u2069" in mail["body"] and "\u2067ولماذا؟\u2069" in mail["body"]


def test_invitations_begin_the_consultation_and_everybody_is_asked_once_in_their_language(
    app, cast, desk, begun, mails
):
    sent = mails()
    asked = {
        mail["to"]: mail["lang"]
        for mail in sent
        if "question" in mail["subject"].lower() or "candidat" in mail["subject"]
    }
    assert asked["forum@village.example"] == "fr"
    with app.app_context():
        assert db.session.get_one(Vacancy, begun).consultation_at is not None
    told = [mail for mail in sent if mail["to"] == cast.email("partner")][-1]
    assert told["lang"] == "zh"
    before = len(mails())
    desk.post(f"{DESK}/invite/")
    assert "Everybody on the list has been asked" in desk.get(f"{DESK}/").text(".flash.bad")
    assert len(mails()) == before
    assert acts_of(app, begun)[-1] == "consultation.begun"


def test_more_people_can_be_asked_later(app, desk, begun):
    desk.post(f"{DESK}/addresses/", addresses="late@village.example Someone", language="es")
    desk.post(f"{DESK}/invite/")
    assert acts_of(app, begun)[-1] == "consultation.widened"


@pytest.mark.parametrize(
    ("state", "problem"),
    [
        ({"closed_at": None}, "The call is still open."),
        ({"nomination_at": now()}, "It is too late for that"),
    ],
)
def test_a_consultation_that_cannot_begin_says_why(
    app, desk, prepared, change_vacancy, mails, state, problem
):
    desk.post(f"{DESK}/addresses/", addresses=TYPED, language="fr")
    change_vacancy(prepared, **state)
    before = len(mails())
    assert "note" in desk.get(f"{DESK}/invite/").html
    desk.post(f"{DESK}/invite/")
    assert problem in desk.get(f"{DESK}/").text(".flash.bad") and len(mails()) == before


def test_without_a_candidate_nobody_is_asked(app, cast, desk, prepared, applied, mails):
    Browser(app).sign_in(cast.email("partner")).post(f"/en/applications/{applied}/stand-down/")
    desk.post(f"{DESK}/addresses/", addresses=TYPED, language="fr")
    desk.post(f"{DESK}/invite/")
    assert "There is no candidate to ask about." in desk.get(f"{DESK}/").text(".flash.bad")


def test_what_was_not_delivered_is_listed_first_and_sent_again_to_a_mended_address(app, desk, begun, mails):
    number = asked_by(app, begun)["forum@village.example"]
    with app.app_context():
        job = db.session.get_one(Job, db.session.get_one(Consultee, number).job_id)
        job.failed_at, job.error = now(), "Undeliverable: 550"
        db.session.commit()
    first = desk.get(f"{DESK}/").soup.select("tbody tr")[0]
    assert "Forum of Partners" in first.get_text() and "Not delivered" in first.get_text()
    where = f"{DESK}/consultees/{number}/again/"
    assert desk.post(where, email="nonsense").status == 422
    assert desk.post(where, email="leader@demo.example").status == 422
    before = len(mails())
    assert desk.post(where, email="forum2@village.example").status == 303
    assert [mail["to"] for mail in mails()[before:]] == ["forum2@village.example"]


def test_who_applied_after_they_were_listed_or_came_onto_the_panel_is_not_asked(
    app, cast, desk, call, applied, change_vacancy, mails
):
    desk.post(f"{DESK}/", **preparation(cast))
    desk.post(f"{DESK}/addresses/", addresses=f"{TYPED}\n{cast.email('leader')}", language="fr")
    stand_for(app, cast.id("leader"), call)
    change_vacancy(call, closed_at=now())
    before = len(mails())
    desk.post(f"{DESK}/invite/")
    asked = [mail["to"] for mail in mails()[before:] if "candidat" in mail["subject"]]
    assert asked == ["forum@village.example"]


def test_the_link_of_a_mail_that_arrived_is_not_sent_elsewhere_and_what_is_mended_is_on_record(
    app, desk, begun, mails
):
    number = asked_by(app, begun)["forum@village.example"]
    where = f"{DESK}/consultees/{number}/again/"
    page = desk.post(where, email="my-own@mailbox.example")
    assert page.status == 422 and "was delivered" in page.text(".errsum")
    assert desk.post(where, email="forum@village.example").status == 303
    with app.app_context():
        job = db.session.get_one(Job, db.session.get_one(Consultee, number).job_id)
        job.failed_at, job.error = now(), "Undeliverable: 550"
        db.session.commit()
    assert desk.post(where, email="forum2@village.example").status == 303
    assert acts_of(app, begun)[-1] == "consultee.mended"


def test_who_declared_a_relation_has_no_further_part_in_it(app, desk, second, begun, applied):
    number = asked_by(app, begun)["forum@village.example"]
    assert second.post(f"{DESK}/declare/", relation="yes").location == "/en/vacancies/c2/africa/"
    for path in ("/", "/panel/", "/invite/", "/answers/"):
        assert second.get(f"{DESK}{path}").status == 403, path
    for path in (
        "c2/africa/nomination/", "c2/africa/candidates/", f"records/{begun}/", f"records/{begun}/pdf/",
    ):  # fmt: skip
        assert second.get(f"/en/vacancies/{path}").status == 403, path
    assert second.get(f"/en/applications/{applied}/").status == 404
    assert second.post(f"/en/vacancies/records/{begun}/", correction="They are kind.").status == 403
    assert desk.get(f"/en/applications/{applied}/").status == 200
    assert second.post(f"{DESK}/consultees/{number}/again/", email="forum@village.example").status == 403
