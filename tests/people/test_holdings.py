"""What is held about a person is told in full and erased in full."""

import json

from sqlalchemy import delete, select

from permille.foundation import search
from permille.foundation.database import db
from permille.foundation.erasure import covered
from permille.foundation.kept_forms import KeptForm
from permille.people.models import MailedLink, Person, SignedIn
from permille.taskforces.models import JoinDraft, Membership
from tests.browser import Browser
from tests.people.following import sign_up


def told(browser):
    return json.loads(browser.post("/en/me/data/").html)


def test_every_reference_to_a_person_is_in_some_holding(app):
    references = {
        f"{table.name}.{key.parent.name}"
        for table in db.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert references == covered()


def test_a_form_not_sent_is_told_and_erased(app, browser, cast):
    browser.sign_in(cast.email("newcomer"))
    browser.post("/en/objectives/b2/join/", role="member", contribution="Half a thought.", save="1")
    (draft,) = told(browser)["unsent join forms"]
    assert (draft["task force"], draft["contribution"]) == ("B2", "Half a thought.")
    browser.post("/en/me/delete/")
    with app.app_context():
        assert db.session.scalars(select(JoinDraft)).all() == []


def test_what_a_visitor_typed_under_one_s_address_is_told_and_erased(app, browser, cast):
    visitor = Browser(app)
    visitor.post("/en/objectives/b2/join/", role="member", contribution="From the library.")
    who = {"email": cast.email("newcomer"), "name": "N", "organisation": "", "country": "PE", "agreed": "y"}
    visitor.post("/en/objectives/b2/join/email/", **who)
    browser.sign_in(cast.email("newcomer"))
    (draft,) = told(browser)["unsent join forms"]
    assert draft["said of yourself"]["name"] == "N"
    browser.post("/en/me/delete/")
    with app.app_context():
        assert db.session.scalars(select(JoinDraft)).all() == []


def test_a_membership_that_was_left_is_told_with_its_dates(browser, cast):
    browser.sign_in(cast.email("member"))
    browser.post("/en/objectives/a1/leave/")
    row = next(one for one in told(browser)["task forces"] if one["task force"] == "A1")
    assert row["joined"] and row["left"]


def test_offices_are_told_with_their_dates(browser, cast):
    browser.sign_in(cast.email("leader"))
    (row,) = told(browser)["offices"]
    assert (row["task force"], row["role"], row["until"]) == ("A1", "leader", None)
    assert row["since"]


def test_a_pending_join_is_told_with_what_it_carries(app, browser, cast, mails):
    visitor = Browser(app)
    visitor.post("/en/objectives/b2/join/", role="member", contribution="Pending words.")
    who = {"email": cast.email("newcomer"), "name": "N", "organisation": "", "country": "PE", "agreed": "y"}
    visitor.post("/en/objectives/b2/join/email/", **who)
    visitor.post("/en/objectives/b2/join/check/")
    browser.sign_in(cast.email("newcomer"))
    links = [one for one in told(browser)["mailed links"] if one["for"] == "join"]
    assert links[0]["carries"]["contribution"] == "Pending words."
    browser.post("/en/me/delete/")
    with app.app_context():
        assert not db.session.scalars(select(MailedLink).where(MailedLink.email == who["email"])).all()


def test_what_somebody_proposed_is_told_in_full(browser, mails):
    sign_up(browser, mails)
    browser.post(
        "/en/me/organisation/propose/", name="Unheard Farm", country="KE", website="https://farm.example"
    )
    (row,) = told(browser)["proposed organisations"]
    assert (row["organisation"], row["country"], row["website"]) == (
        "Unheard Farm",
        "KE",
        "https://farm.example",
    )


def test_no_word_of_a_deleted_account_stays_in_its_task_forces(app, browser, cast):
    browser.sign_in(cast.email("member"))
    browser.post("/en/me/delete/")
    with app.app_context():
        rows = db.session.scalars(select(Membership).where(Membership.person_id == cast.id("member")))
        assert rows.all() == []


def test_no_search_finds_the_name_of_a_deleted_account(app, browser, cast):
    with app.app_context():
        name = db.session.get(Person, cast.id("member")).name
        assert search.find(db.session, "person", name, "en", 10) == [cast.id("member")]
    browser.sign_in(cast.email("member"))
    browser.post("/en/me/delete/")
    with app.app_context():
        assert search.find(db.session, "person", name, "en", 10) == []


def test_a_form_kept_over_a_sign_in_is_told_and_erased_from_any_browser(app, browser, cast):
    lost = Browser(app).sign_in(cast.email("member"))
    token = lost.token()
    with app.app_context():
        db.session.execute(delete(SignedIn))
        db.session.commit()
    lost.post("/en/me/profile/", token=token, name="Moussa", about="Half a thought.")
    assert not told(Browser(app).sign_in(cast.email("partner")))["forms kept over a sign-in"]
    browser.sign_in(cast.email("member"))
    (kept,) = told(browser)["forms kept over a sign-in"]
    assert kept["typed"]["about"] == ["Half a thought."] and kept["kept"]
    browser.post("/en/me/delete/")
    with app.app_context():
        assert db.session.scalars(select(KeptForm)).all() == []


def test_whom_somebody_named_a_contact_and_whose_affiliation_they_ended_is_told(app, browser, cast):
    with app.app_context():
        affiliation = db.session.get(Person, cast.id("partner")).affiliation
        path, name = f"/en/secretariat/affiliations/{affiliation.id}", affiliation.organisation.name
    browser.sign_in(cast.email("secretary"))
    assert browser.post(f"{path}/contact/").status == 303
    assert browser.post(f"{path}/end/", reason="Left in May.").status == 303
    told_of = {key: one["organisation"] for one in told(browser)["decisions"] for key in one}
    assert told_of["contact named"] == told_of["affiliation ended"] == name
