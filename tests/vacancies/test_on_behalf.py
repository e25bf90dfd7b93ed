"""Applications typed for somebody: who typed one adds files to it, and records that its candidate stands down."""

import pytest
from sqlalchemy import select

from permille.consultations.models import PanelMember
from permille.foundation.audit import AuditEntry
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Person, Role
from permille.vacancies import evidence_routes
from permille.vacancies.application_queries import application_by_id
from permille.vacancies.policy import may_attach_for, may_stand_down_for
from permille.vacancies.record import broken_records, entries_of
from tests.browser import Browser
from tests.cast import change
from tests.vacancies.conftest import ANSWERS, SEAT, acts_of, application_of
from tests.vacancies.test_evidence import add, files


@pytest.fixture
def desk(app, cast):
    return Browser(app).sign_in(cast.email("secretary"))


@pytest.fixture
def partner(app, cast):
    return Browser(app).sign_in(cast.email("partner"))


@pytest.fixture
def typed(cast, desk, call):
    """Enter an application for the partner and return its id."""
    page = desk.post(
        f"{SEAT}/enter/", email=cast.email("partner"), source="phone", written_in="fr", **ANSWERS
    )
    desk.get(page.location)  # so that what it says there has been said
    return int(page.location.rstrip("/").rpartition("/")[2])


def relate(app, vacancy_id, person_id):
    """Let somebody of the Secretariat have declared a relation to a candidate."""
    with app.app_context():
        db.session.add(
            PanelMember(vacancy_id=vacancy_id, person_id=person_id, declared_at=now(), is_related=True)
        )
        db.session.commit()


def last_entry(app, vacancy_id):
    with app.app_context():
        assert list(broken_records(db.session)) == []
        return entries_of(db.session, vacancy_id)[-1]


def last_in_the_log(app):
    with app.app_context():
        one = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        return one.action, one.actor_id


def test_who_typed_an_application_adds_a_file_through_the_same_checks_and_it_is_on_record(
    app, cast, desk, partner, call, typed
):
    page = desk.get(f"/en/applications/{typed}/")
    assert page("input[type=file]") and "recorded that you added it" in page.text("#file-hint")
    refused = add(desk, typed, "letter.pdf", b"<html>")
    assert refused.status == 422 and "not what its name says" in refused.text(".errsum")
    assert add(desk, typed).status == 303
    (file,) = files(app, typed)
    entry = last_entry(app, call)
    assert (entry.act, entry.actor_id, entry.subject_id) == (
        "evidence.added", cast.id("secretary"), cast.id("partner"),
    )  # fmt: skip
    assert entry.said["digest"] == file.digest
    assert last_in_the_log(app) == ("evidence.added", cast.id("secretary"))
    removal = f"/en/applications/{typed}/files/{file.id}/remove/"
    assert not desk.get(f"/en/applications/{typed}/")(f'a[href="{removal}"]')
    assert desk.post(removal).status == 403
    assert partner.post(removal).status == 303 and files(app, typed) == []


def test_the_room_for_files_is_the_candidates(app, desk, partner, typed, monkeypatch):
    monkeypatch.setattr(evidence_routes, "MOST_HELD", 50)
    assert add(partner, typed).status == 303
    page = add(desk, typed)
    assert page.status == 422 and "files of this candidate take up all the room" in page.text(".errsum")


@pytest.mark.parametrize(
    ("state", "files", "standing_down"),
    [
        ({}, 303, 200),
        ({"closed_at": now()}, 303, 200),
        ({"consultation_at": now()}, 403, 200),
        ({"nomination_at": now()}, 403, 200),
        ({"ended_at": now(), "outcome": "nobody"}, 403, 403),
    ],
)
def test_both_are_possible_as_long_as_the_candidate_could(
    desk, call, typed, change_vacancy, state, files, standing_down
):
    change_vacancy(call, **state)
    page = desk.get(f"/en/applications/{typed}/")
    where = f"/en/applications/{typed}/stand-down/on-behalf/"
    assert bool(page("input[type=file]")) == (files == 303)
    assert bool(page(f'a[href="{where}"]')) == (standing_down == 200)
    assert add(desk, typed).status == files
    assert desk.get(where).status == standing_down
    assert desk.post(where, source="phone").status == (303 if standing_down == 200 else 403)


def test_that_a_candidate_stands_down_is_recorded_with_how_they_said_so_and_who_typed_it(
    app, cast, desk, partner, call, typed, mails
):
    where = f"/en/applications/{typed}/stand-down/on-behalf/"
    assert [one["value"] for one in desk.get(where).soup.select("[name=source]")] == ["phone", "paper"]
    for wrong in ({}, {"source": "list"}):
        page = desk.post(where, **wrong)
        assert page.status == 422 and page.text(".errsum")
    assert application_of(app, typed)["stood_down_at"] is None
    before = len(mails())
    assert desk.post(where, source="paper").location == f"{SEAT}/candidates/"
    assert "The candidate is told" in desk.get(f"{SEAT}/candidates/").text(".flash")
    assert application_of(app, typed)["stood_down_at"] is not None
    entry = last_entry(app, call)
    assert (entry.act, entry.actor_id, entry.subject_id, entry.said["heard"]) == (
        "application.stood_down_for", cast.id("secretary"), cast.id("partner"), "paper",
    )  # fmt: skip
    assert last_in_the_log(app) == ("application.stood_down_for", cast.id("secretary"))
    said = desk.get(f"/en/vacancies/records/{call}/").text("main")
    assert "recorded that somebody stood down" in said and "How the candidate said so" in said
    assert "On paper" in said
    (mail,) = mails()[before:]
    assert mail["to"] == cast.email("partner") and application_of(app, typed)["number"] in mail["subject"]
    assert "Stood down" in partner.get(f"/en/applications/{typed}/").text("main")
    assert desk.post(where, source="paper").status == 404
    assert acts_of(app, call).count("application.stood_down_for") == 1


@pytest.mark.parametrize("lost", [{"confirmed_at": None}, {"suspended_at": now()}])
def test_who_has_no_account_that_works_is_not_told_and_the_page_says_so(app, cast, desk, typed, mails, lost):
    change(app, cast.id("partner"), **lost)
    before = len(mails())
    assert desk.post(f"/en/applications/{typed}/stand-down/on-behalf/", source="phone").status == 303
    assert "no account that works" in desk.get(f"{SEAT}/candidates/").text(".flash")
    assert len(mails()) == before and application_of(app, typed)["stood_down_at"] is not None


def test_only_who_typed_it_and_has_no_interest_in_the_vacancy_may(app, cast, desk, call, typed):
    where = f"/en/applications/{typed}/stand-down/on-behalf/"
    second = Browser(app).sign_in(cast.email("second-secretary"))
    assert second.get(f"/en/applications/{typed}/").status == 200
    assert (second.get(where).status, second.post(where, source="phone").status) == (403, 403)
    assert add(second, typed).status == 403
    relate(app, call, cast.id("secretary"))
    assert (desk.get(where).status, desk.post(where, source="phone").status) == (404, 404)
    assert add(desk, typed).status == 404
    assert acts_of(app, call) == ["application.entered"] and files(app, typed) == []


@pytest.mark.parametrize("may", [may_attach_for, may_stand_down_for])
def test_the_typist_is_asked_for_their_desk_and_their_interest_whatever_page_led_there(app, cast, typed, may):
    with app.app_context():
        one = application_by_id(db.session, typed)
        typist = db.session.get_one(Person, cast.id("secretary"))
        assert may(typist, one, has_interest=False)
        assert not may(typist, one, has_interest=True) and not may(None, one, has_interest=False)
        typist.role = Role.PERSON
        assert not may(typist, one, has_interest=False)
        db.session.rollback()


def test_what_a_candidate_sent_themselves_is_theirs_alone(app, desk, partner, call, applied):
    where = f"/en/applications/{applied}/stand-down/on-behalf/"
    page = desk.get(f"/en/applications/{applied}/")
    assert not page("input[type=file]") and not page(f'a[href="{where}"]')
    assert (desk.get(where).status, desk.post(where, source="phone").status) == (403, 403)
    assert partner.post(where, source="phone").status == 403
    assert add(desk, applied).status == 403
    assert acts_of(app, call) == ["application.sent"] and files(app, applied) == []


def test_who_applies_again_after_standing_down_has_it_to_themselves(app, desk, partner, call, typed):
    desk.post(f"/en/applications/{typed}/stand-down/on-behalf/", source="phone")
    partner.post(f"{SEAT}/apply/", **ANSWERS)
    assert partner.post(f"{SEAT}/apply/check/").location == f"/en/applications/{typed}/"
    row = application_of(app, typed)
    assert (row["typed_by_id"], row["typed_from"], row["stood_down_at"]) == (None, None, None)
    assert "Typed by" not in partner.get(f"/en/applications/{typed}/").text("main")
    assert desk.post(f"/en/applications/{typed}/stand-down/on-behalf/", source="phone").status == 403
