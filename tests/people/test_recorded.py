"""The log says what happened to accounts and affiliations: all of it, and nothing else."""

import pytest
from sqlalchemy import select

from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.people.consent import consent_version
from permille.people.models import Affiliation, MailedLink, Person
from tests.people.following import follow, sign_up

JOINED = {"email": "amina@village.example", "name": "Amina Sow", "country": "TN", "agreed": "y"}


@pytest.fixture
def acts(app):
    """Return a function that lists what somebody did to their account and affiliations, oldest first."""

    def of(email):
        query = select(AuditEntry.action).join(Person, Person.id == AuditEntry.actor_id)
        with app.app_context():
            return list(db.session.scalars(query.where(Person.email == email).order_by(AuditEntry.id)))

    return of


def belonging(acts):
    return [one for one in acts if one.startswith(("affiliation.", "organisation."))]


def join(app, browser, mails, **who):
    browser.post("/en/objectives/b2/join/", role="member", contribution="Cover crops.")
    browser.post("/en/objectives/b2/join/email/", **{**JOINED, **who})
    browser.post("/en/objectives/b2/join/check/")
    page = browser.post(follow(browser, mails()[-1]))
    assert page.status == 303, page.text()


def test_an_account_made_by_joining_leaves_the_same_record_as_one_made_by_signing_up(
    app, browser, mails, acts
):
    join(app, browser, mails, organisation="Oliveraie de Kasserine")
    done = ["person.confirmed", "organisation.proposed", "membership.joined", "session.opened"]
    assert acts(JOINED["email"]) == done
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == JOINED["email"])).one()
        confirmed = select(AuditEntry).where(AuditEntry.action == "person.confirmed")
        entry = db.session.scalars(confirmed.where(AuditEntry.actor_id == person.id)).one()
        assert entry.details == {"consent": consent_version(db.session)} and entry.object_id == person.id
        link = select(MailedLink.person_id).where(MailedLink.email == person.email)
        assert db.session.scalars(link).all() == [person.id], "it is told and erased with the account"


def test_joining_records_which_known_organisation_was_claimed(app, browser, mails, acts):
    join(app, browser, mails, organisation="Rift Valley Soil Institute", country="KE")
    assert belonging(acts(JOINED["email"])) == ["affiliation.claimed"]


def test_whoever_belongs_to_no_organisation_leaves_none(browser, mails, acts):
    sign_up(browser, mails)
    assert browser.post("/en/me/organisation/", organisation="none").status == 303
    assert belonging(acts("ana@farm.example")) == []


def test_claiming_what_is_held_already_is_no_claim(app, browser, cast, acts):
    with app.app_context():
        held = db.session.get(Person, cast.id("partner")).affiliation
        organisation, name, country = held.organisation_id, held.organisation.name, held.organisation.country
    browser.sign_in(cast.email("partner"))
    before = acts(cast.email("partner"))
    assert browser.post("/en/me/organisation/", organisation=str(organisation)).status == 303
    assert browser.post("/en/me/organisation/propose/", name=name, country=country).status == 303
    assert acts(cast.email("partner")) == before


def test_an_affiliation_that_a_new_one_ends_is_recorded_as_ended(app, browser, cast, acts):
    with app.app_context():
        held = db.session.get(Person, cast.id("partner")).affiliation.id
    browser.sign_in(cast.email("partner"))
    before = len(acts(cast.email("partner")))
    browser.post("/en/me/organisation/propose/", name="Unheard Farm", country="KE")
    assert acts(cast.email("partner"))[before:] == ["affiliation.ended", "organisation.proposed"]
    browser.post("/en/me/organisation/", organisation="none")
    browser.post("/en/me/organisation/", organisation="none")
    assert acts(cast.email("partner"))[before + 2 :] == ["affiliation.ended"]
    with app.app_context():
        ended = select(AuditEntry).where(AuditEntry.action == "affiliation.ended").order_by(AuditEntry.id)
        first, second = db.session.scalars(ended).all()[-2:]
        assert first.object_id == held and second.object_kind == "affiliation"
        assert db.session.get(Affiliation, second.object_id).organisation.name == "Unheard Farm"
