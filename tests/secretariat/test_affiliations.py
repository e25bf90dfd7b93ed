"""Who belongs to an organisation: decided once, with a reason, by the Secretariat or a contact of that organisation."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Affiliation, Organisation, Person, StandingState
from tests.browser import Browser

PATH = "/en/secretariat/affiliations/"


def affiliation_of(app, cast, part, **values):
    """Change the affiliation of somebody of the cast and return its id and its organisation's."""
    with app.app_context():
        row = db.session.scalars(select(Affiliation).where(Affiliation.person_id == cast.id(part))).one()
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()
        return row.id, row.organisation_id


@pytest.fixture
def claimed(app, cast):
    return affiliation_of(app, cast, "partner", confirmed_at=None)[0]


def test_a_declined_claim_ends_with_its_reason_which_reaches_the_person(app, desk, cast, claimed, mails):
    assert desk.post(f"{PATH}{claimed}/decline/", reason="").status == 422
    assert desk.post(f"{PATH}{claimed}/decline/", reason="Nobody there knows you.").status == 303
    assert desk.get(f"{PATH}{claimed}/decline/").status == 404
    assert mails()[-1]["to"] == cast.email("partner") and "Nobody there knows you." in mails()[-1]["body"]
    with app.app_context():
        row = db.session.get(Affiliation, claimed)
        assert row.ended_at and row.end_reason == "Nobody there knows you."


def test_a_confirmed_affiliation_is_ended_with_a_reason(app, desk, cast, mails, acts):
    row, _organisation = affiliation_of(app, cast, "partner")
    assert desk.get(f"{PATH}{row}/end/").status == 200
    assert desk.post(f"{PATH}{row}/end/", reason="").status == 422
    assert desk.post(f"{PATH}{row}/end/", reason="Left in May.").status == 303
    assert "Left in May." in mails()[-1]["body"] and "affiliation.withdrawn" in acts()
    assert "Left in May." in desk.get(f"/en/secretariat/people/{cast.id('partner')}/").text("main")
    assert desk.post(f"{PATH}{row}/end/", reason="Again").status == 404


def test_all_that_wait_are_counted_paged_and_found(app, desk, organisation_of):
    one = organisation_of("Soil Trust")
    with app.app_context():
        for n in range(55):
            person = Person(email=f"p{n}@village.example", name=f"Noémie {n}")
            person.affiliations.append(Affiliation(organisation_id=one))
            db.session.add(person)
        db.session.commit()
    front = desk.get("/en/secretariat/")
    first = desk.get(PATH)
    assert front("a[href='/en/secretariat/affiliations/']") and len(first.soup.select("ul.list > li")) == 50
    rest = desk.get(first(".pager a")["href"])
    assert "Noémie 54" in rest.text("main") and not rest(".pager a")
    assert "Noémie 7" in desk.get(PATH + "?q=NOEMIE 7").text("ul.list")
    assert "Soil Trust" in desk.get(PATH + "?q=soil trust").text("ul.list")
    assert "No affiliation fits" in desk.get(PATH + "?q=zzzz").text("main")
    assert "No affiliation fits" in desk.get(PATH + "?which=confirmed&q=noemie 7").text("main")


def test_nobody_decides_about_their_own_affiliation(app, desk, cast, organisation_of):
    one = organisation_of("Soil Trust")
    with app.app_context():
        person = db.session.get(Person, cast.id("secretary"))
        for held in person.affiliations:
            held.end()
        db.session.flush()
        row = Affiliation(organisation_id=one, person_id=person.id)
        db.session.add(row)
        db.session.commit()
        claim = row.id
    assert desk.post(f"{PATH}{claim}/confirm/").status == 403
    assert desk.post(f"{PATH}{claim}/decline/", reason="x").status == 403
    assert "This is you" in desk.get(PATH).text("main")


@pytest.fixture
def contact(app, desk, cast):
    """The partner, named as the contact of their organisation; the newcomer says to belong to it, too."""
    row, organisation = affiliation_of(app, cast, "partner")
    assert desk.post(f"{PATH}{row}/contact/").status == 303
    claim, _organisation = affiliation_of(
        app, cast, "newcomer", organisation_id=organisation, confirmed_at=None
    )
    return Browser(app).sign_in(cast.email("partner")), claim


def test_a_contact_sees_who_claims_their_organisation_and_confirms_once(app, cast, contact, mails, acts):
    partner, claim = contact
    assert [one["to"] for one in mails()].count(cast.email("partner")) == 1
    assert "Sam Whitfield" in partner.get("/en/me/").text("#claims ~ form")
    assert partner.post(f"/en/me/claims/{claim}/confirm/").status == 303
    assert partner.post(f"/en/me/claims/{claim}/confirm/").status == 404
    assert mails()[-1]["to"] == cast.email("newcomer") and acts()[-1] == "affiliation.confirmed"
    with app.app_context():
        assert db.session.get(Affiliation, claim).confirmed_by_id == cast.id("partner")


def test_a_contact_declines_with_a_reason(contact, cast, mails):
    partner, claim = contact
    path = f"/en/me/claims/{claim}/decline/"
    assert "Sam Whitfield" in partner.get(path).text("main")
    assert partner.post(path, reason="").status == 422
    assert partner.post(path, reason="Not with us.").status == 303
    assert mails()[-1]["to"] == cast.email("newcomer") and "Not with us." in mails()[-1]["body"]


def test_only_a_present_contact_of_that_very_organisation_decides(app, desk, cast, contact, organisation_of):
    partner, claim = contact
    path = f"/en/me/claims/{claim}/confirm/"
    for part in ("member", "newcomer", "secretary"):
        assert Browser(app).sign_in(cast.email(part)).post(path).status == 404
    own, organisation = affiliation_of(app, cast, "partner")
    affiliation_of(app, cast, "newcomer", organisation_id=organisation_of("Elsewhere"))
    assert partner.post(path).status == 404
    affiliation_of(app, cast, "newcomer", organisation_id=organisation)
    assert desk.post(f"{PATH}{own}/contact/").status == 409
    assert desk.post(f"{PATH}{own}/contact/end/").status == 303
    assert partner.post(path).status == 404 and "Sam Whitfield" not in partner.get("/en/me/").text("main")


def test_an_office_whose_holder_lost_the_ground_for_it_is_listed_and_stays(app, browser, desk, cast):
    page, person = "/en/secretariat/", f"/en/secretariat/people/{cast.id('leader')}/"
    assert "Offices to look at" not in desk.get(page).text("main")
    with app.app_context():
        organisation = db.session.get(Person, cast.id("leader")).affiliation.organisation_id
        db.session.get(Organisation, organisation).stand(StandingState.WITHDRAWN, None, evidence="Letter")
        db.session.commit()
    assert "A1 Task Force Leader Not a partner or member at present" in desk.get(page).text("main").replace(
        " :", ":"
    )
    assert "Not a partner or member at present" in desk.get(person).text("main")
    public = browser.get("/en/objectives/a1/").text("main")
    assert "has no leader" not in public and "Not a partner" not in public
    affiliation_of(app, cast, "leader", confirmed_at=None)
    with app.app_context():
        db.session.get(Organisation, organisation).stand(StandingState.PARTNER, None, evidence="Renewed")
        db.session.commit()
    assert "The affiliation is not confirmed" in desk.get(person).text("main")


def test_a_contact_sees_all_who_claim_their_organisation_a_page_at_a_time(app, cast, contact):
    partner, _claim = contact
    with app.app_context():
        organisation = db.session.get(Person, cast.id("partner")).affiliation.organisation_id
        for n in range(55):
            person = Person(email=f"guest{n}@village.example", name=f"Guest {n:02}")
            person.affiliations.append(Affiliation(organisation_id=organisation))
            db.session.add(person)
        db.session.commit()
    first = partner.get("/en/me/")
    rest = partner.get(first("a[rel=next]")["href"])
    named = [b.get_text() for page in (first, rest) for b in page.soup.select("#claims ~ form li > b")]
    assert named == ["Sam Whitfield", *(f"Guest {n:02}" for n in range(55))] and not rest("a[rel=next]")
    last = rest.soup.select("button[formaction$='/confirm/']")[-1]["formaction"]
    assert partner.post(last).status == 303
    assert partner.get("/en/me/?after=-1").status == 404
