"""Renewing by a short consultation, and holders who belong to another organisation than before."""

from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.mandates.employers import ask_moved_holders
from permille.nominations.models import Nomination
from permille.people.models import Affiliation, Organisation, Person, Role
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application, Vacancy
from tests.browser import Browser
from tests.cast import change
from tests.mandates.conftest import SEAT, row_of
from tests.nominations.conftest import nomination
from tests.vacancies.conftest import ANSWERS, acts_of, day


def renewal(app, office):
    with app.app_context():
        return db.session.scalars(select(Vacancy.id).where(Vacancy.renews_id == office)).one_or_none()


def open_renewal(app, desk, office):
    assert desk.post(f"/en/mandates/{office}/renew/", last_day=day(14)).location == f"{SEAT}/"
    return renewal(app, office)


def test_in_a_renewal_nobody_but_the_holder_can_apply(app, cast, desk, holder, office, mails, browser):
    before = len(mails())
    vacancy_id = open_renewal(app, desk, office)
    assert acts_of(app, vacancy_id) == ["renewal.opened"] and len(mails()) == before + 1
    page = browser.get(f"{SEAT}/").text("main")
    assert "Renewal" in page and "Apply for this seat" not in page
    assert Browser(app).sign_in(cast.email("partner")).post(f"{SEAT}/apply/", **ANSWERS).status == 409
    assert holder.post(f"{SEAT}/apply/", **ANSWERS).status == 303
    assert holder.post(f"{SEAT}/apply/check/").status == 303


def test_a_renewed_office_begins_anew_with_the_same_holder(app, cast, desk, holder, office):
    vacancy_id = open_renewal(app, desk, office)
    holder.post(f"{SEAT}/apply/", **ANSWERS)
    holder.post(f"{SEAT}/apply/check/")
    desk.post("/en/vacancies/calls/close/", seat="c1/europe")
    with app.app_context():
        (application,) = db.session.scalars(
            select(Application.id).where(Application.vacancy_id == vacancy_id)
        )
    fields = {"reason": "Good work.", "ends_on": day(700), "override": "Nobody had anything to add."}
    assert desk.post(f"{SEAT}/nomination/propose/{application}/", **fields).status == 303
    second = Browser(app).sign_in(cast.email("second-secretary"))
    assert (
        second.post(
            f"{SEAT}/nomination/confirm/", nomination=nomination(app)["id"], override="Agreed."
        ).status
        == 303
    )
    page = holder.get("/en/me/offices/")
    where = page('a[href*="/nominations/"]')["href"]
    assert holder.post(f"{where}accept/").status == 303
    old = row_of(app, office)
    with app.app_context():
        query = select(Mandate).where(Mandate.person_id == old["person_id"], Mandate.ended_at.is_(None))
        new = db.session.scalars(query.where(Mandate.objective_id == old["objective_id"])).one()
        assert old["ended_at"] is not None and new.ends_on is not None and new.begins_on == now().date()


def test_a_renewal_is_opened_once_and_ends_with_the_office(app, desk, holder, office):
    vacancy_id = open_renewal(app, desk, office)
    page = desk.post(f"/en/mandates/{office}/renew/", last_day=day(14))
    assert page.status == 422 and "runs for this seat already" in page.text(".errsum")
    assert desk.post(f"/en/mandates/{office}/renew/", last_day=day(-1)).status == 422
    holder.post(f"/en/mandates/{office}/end/")
    assert acts_of(app, vacancy_id)[-1] == "renewal.ended"
    with app.app_context():
        assert db.session.get_one(Vacancy, vacancy_id).outcome == "nobody"


def give_in_a_contest(app, cast, office):
    """Let the office have been given by a nomination that the second secretary had stood against."""
    with app.app_context():
        held = db.session.get_one(Mandate, office)
        earlier = Vacancy(
            objective_id=held.objective_id, office=held.office, region=held.region, last_day=now().date(),
            ended_at=now(), outcome="filled",
        )  # fmt: skip
        words = dict.fromkeys(("why", "experience", "knowledge", "time"), "x")
        own, rival = (
            Application(vacancy=earlier, person_id=one, number=f"C1-{one}", sent_at=now(), **words)
            for one in (held.person_id, cast.id("second-secretary"))
        )
        db.session.add_all([own, rival])
        db.session.flush()
        given = Nomination(
            vacancy_id=earlier.id, application_id=own.id, proposed_by_id=cast.id("secretary"), reason="x",
            ends_on=now().date(), confirmed_by_id=cast.id("funder"), confirmed_at=now(), accepted_at=now(),
            mandate_id=office,
        )  # fmt: skip
        db.session.add(given)
        db.session.commit()


def test_neither_the_holder_nor_who_stood_against_them_runs_the_renewal(app, cast, desk, holder, office):
    give_in_a_contest(app, cast, office)
    vacancy_id, person_id = open_renewal(app, desk, office), row_of(app, office)["person_id"]
    change(app, person_id, role=Role.SECRETARY)
    second = Browser(app).sign_in(cast.email("second-secretary"))
    for path in (f"{SEAT}/candidates/", f"{SEAT}/consultation/", f"/en/vacancies/records/{vacancy_id}/"):
        assert desk.get(path).status == 200
        assert second.get(path).status == 403 and holder.get(path).status == 403, path
    offered = {one["value"] for one in desk.get(f"{SEAT}/consultation/").soup.select("input[name=panel]")}
    assert offered == {str(cast.id("secretary"))}


def move(app, office):
    """Let the holder belong to another partner organisation."""
    with app.app_context():
        person = db.session.get_one(Person, db.session.get_one(Mandate, office).person_id)
        before = person.affiliation
        other = db.session.scalars(
            select(Organisation).where(
                Organisation.id != before.organisation_id, Organisation.valid(), Organisation.shown()
            )
        ).first()
        before.end()
        db.session.flush()
        db.session.add(Affiliation(person_id=person.id, organisation_id=other.id, confirmed_at=now()))
        db.session.commit()
        return other.id


def test_a_change_of_employer_flags_the_mandate_and_asks_its_holder_once(app, desk, holder, office, mails):
    with app.app_context():
        ask_moved_holders(db.session)
    other, before = move(app, office), len(mails())
    assert "another organisation now" in desk.get("/en/mandates/?which=flagged").text("main")
    for _time in range(2):
        with app.app_context():
            ask_moved_holders(db.session)
            assert not db.session().in_transaction()
    assert len(mails()) == before + 1
    page = holder.get(f"/en/mandates/{office}/")
    assert [one.get_text(strip=True) for one in page.soup.select(".note .btn")] == [
        "I keep the office",
        "I step down",
    ]
    assert holder.post(f"/en/mandates/{office}/confirm/").status == 303
    row = row_of(app, office)
    assert (row["organisation_id"], row["asked_at"]) == (other, None)
    assert "another organisation now" not in desk.get("/en/mandates/").text("main")
