"""After sending: changing it until the consultation begins, standing down, and applications typed for somebody."""

import pytest

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Role
from permille.vacancies.record import broken_records, entries_of
from tests.browser import Browser
from tests.cast import change
from tests.vacancies.conftest import ANSWERS, SEAT, acts_of, application_of, lapse


@pytest.fixture
def partner(app, cast):
    return Browser(app).sign_in(cast.email("partner"))


@pytest.fixture
def desk(app, cast):
    return Browser(app).sign_in(cast.email("secretary"))


def test_what_was_sent_can_be_changed_and_both_versions_are_on_record(app, partner, call, applied):
    assert partner.get(f"{SEAT}/apply/").text("#why") == ANSWERS["why"]
    page = partner.post(f"{SEAT}/apply/", **{**ANSWERS, "why": "Said better."})
    assert page.location == f"/en/applications/{applied}/"
    assert "Said better." in partner.get(page.location).text("main")
    with app.app_context():
        first, second = entries_of(db.session, call)
        assert (first.said["why"], second.said["why"]) == (ANSWERS["why"], "Said better.")
        assert list(broken_records(db.session)) == []


def test_sending_the_same_again_changes_and_tells_nothing(app, partner, call, applied, mails):
    already = len(mails())
    partner.post(f"{SEAT}/apply/", **ANSWERS)
    assert len(mails()) == already and acts_of(app, call) == ["application.sent"]


def test_once_the_consultation_has_begun_nothing_is_changed(app, partner, call, applied, change_vacancy):
    change_vacancy(call, consultation_at=now())
    assert partner.get(f"{SEAT}/apply/").status == 403
    assert partner.post(f"{SEAT}/apply/", **{**ANSWERS, "why": "Too late."}).status == 403
    assert application_of(app, applied)["why"] == ANSWERS["why"]
    assert "Change your application" not in partner.get(f"/en/applications/{applied}/").text("main")


@pytest.mark.parametrize(
    "state", [{}, {"closed_at": now()}, {"consultation_at": now()}, {"nomination_at": now()}]
)
def test_a_candidate_can_stand_down_until_the_end(app, partner, call, applied, change_vacancy, mails, state):
    change_vacancy(call, **state)
    assert partner.get(f"/en/applications/{applied}/stand-down/").status == 200
    assert application_of(app, applied)["stood_down_at"] is None
    assert partner.post(f"/en/applications/{applied}/stand-down/").status == 303
    assert application_of(app, applied)["stood_down_at"] is not None
    assert acts_of(app, call)[-1] == "application.stood_down"
    assert partner.post(f"/en/applications/{applied}/stand-down/").status == 403
    assert "stood" in mails()[-1]["html"] or mails()[-1]["lang"] == "zh"


def test_whoever_stood_down_can_apply_again_while_the_call_is_open(app, partner, call, applied):
    partner.post(f"/en/applications/{applied}/stand-down/")
    again = partner.post(f"{SEAT}/apply/", **{**ANSWERS, "why": "I have thought again."})
    assert again.location == f"{SEAT}/apply/check/"
    assert partner.post(f"{SEAT}/apply/check/").location == f"/en/applications/{applied}/"
    row = application_of(app, applied)
    assert (row["stood_down_at"], row["why"]) == (None, "I have thought again.")


def test_what_came_by_phone_is_typed_for_the_person_who_is_told(app, cast, desk, call, mails):
    page = desk.post(
        f"{SEAT}/enter/", email=cast.email("partner"), source="phone", written_in="fr", **ANSWERS
    )
    assert page.status == 303
    row = application_of(app, int(page.location.rstrip("/").rpartition("/")[2]))
    assert (row["typed_by_id"], row["typed_from"], row["language"]) == (cast.id("secretary"), "phone", "fr")
    assert mails()[-1]["to"] == cast.email("partner")
    own = Browser(app).sign_in(cast.email("partner")).get(page.location)
    assert "Typed by the Executive Secretariat: By phone" in own.text("main")
    assert "Change your application" in own.text("main")


@pytest.mark.parametrize(
    ("email", "problem"),
    [
        ("nobody@village.example", "Nobody has an account"),
        ("secretary@demo.example", "this is you"),
        ("newcomer@demo.example", "does not belong to a partner or member organisation"),
    ],
)
def test_nobody_is_entered_who_may_not_stand(desk, call, app, email, problem):
    page = desk.post(f"{SEAT}/enter/", email=email, source="paper", written_in="en", **ANSWERS)
    assert page.status == 422 and problem in page.text(".errsum")
    assert acts_of(app, call) == []


def test_nobody_is_entered_twice(cast, desk, call, applied):
    page = desk.post(f"{SEAT}/enter/", email=cast.email("partner"), source="mail", written_in="en", **ANSWERS)
    assert page.status == 422 and "has applied already" in page.text(".errsum")


def test_candidates_stand_side_by_side_with_standing_files_and_other_seats(app, cast, desk, call, applied):
    page = desk.get("/en/vacancies/e2/leader/candidates/")
    assert len(page.soup.select("tbody tr")) == 2
    assert "Kwame Boateng" in page.text("main") and "eight years" in page.text("main")
    lapse(app, cast.id("partner"))
    assert "lapsed" in desk.get(f"{SEAT}/candidates/").text("tbody").lower()


def test_whoever_of_the_secretariat_stands_is_out_of_that_vacancy(app, cast, call, applied):
    change(app, cast.id("partner"), role=Role.SECRETARY)
    candidate = Browser(app).sign_in(cast.email("partner"))
    assert candidate.get(f"{SEAT}/candidates/").status == 403
    assert candidate.get("/en/vacancies/e2/leader/candidates/").status == 200


def test_the_status_page_says_why_a_vacancy_ended_without_a_holder(app, cast, call, applied, change_vacancy):
    change_vacancy(call, closed_at=now())
    Browser(app).sign_in(cast.email("secretary")).post(f"{SEAT}/give-up/", reason="The rains came early.")
    page = Browser(app).sign_in(cast.email("partner")).get(f"/en/applications/{applied}/")
    assert "The rains came early." in page.text(".note") and page(f"a[href='{SEAT}/watch/']")
