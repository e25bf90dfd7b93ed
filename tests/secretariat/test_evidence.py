"""What shows an affiliation, read where it is decided; and asking for more before it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Affiliation, ClaimFile, Contact, Organisation, Person
from tests.browser import Browser
from tests.cast import change, change_row
from tests.engines import ON_SQLITE

PATH = "/en/secretariat/affiliations/"


def letter():
    return ClaimFile(
        name="Letter.txt", media_type="text/plain", size=2048, digest="0", content=b"We know her."
    )


@pytest.fixture
def claimed(app, cast):
    """The partner, whose affiliation is a mere claim with words and a file; returns its id."""
    with app.app_context():
        row = db.session.scalars(select(Affiliation).where(Affiliation.person_id == cast.id("partner"))).one()
        row.confirmed_at, row.function, row.shown_at, row.files = (
            None,
            "I keep the soil maps.",
            now(),
            [letter()],
        )
        db.session.commit()
        return row.id


def file_path(app, claimed):
    with app.app_context():
        query = select(ClaimFile.id).where(ClaimFile.affiliation_id == claimed)
        return f"{PATH}{claimed}/files/{db.session.scalars(query).one()}/"


def test_words_and_files_stand_wherever_the_secretariat_decides(app, desk, cast, claimed):
    where = file_path(app, claimed)
    for page in (
        "/en/secretariat/",
        PATH,
        f"{PATH}{claimed}/decline/",
        f"/en/secretariat/people/{cast.id('partner')}/",
    ):
        shown = desk.get(page)
        assert "I keep the soil maps." in shown.text("main") and "2 kB" in shown.text("main"), page
        assert shown(f"a[href='{where}']"), page
    got = desk.client.get(where)
    assert got.data == b"We know her." and got.headers["Content-Disposition"].startswith("attachment")
    assert desk.get(where.replace(f"/{claimed}/", f"/{claimed + 1}/")).status == 404
    change_row(app, Affiliation, claimed, confirmed_at=now())
    assert desk.get(where).status == 404, "it was for the decision"


@ON_SQLITE
def test_a_list_of_claims_costs_the_same_however_many_have_files(
    app, desk, statements, organisation_of, claimed
):
    desk.get(PATH)
    statements.clear()
    desk.get(PATH)
    few = len(statements)
    one = organisation_of("Soil Trust")
    with app.app_context():
        for n in range(10):
            person = Person(email=f"p{n}@village.example", name=f"Noémie {n}")
            person.affiliations.append(Affiliation(organisation_id=one, function="x", files=[letter()]))
            db.session.add(person)
        db.session.commit()
    statements.clear()
    desk.get(PATH)
    assert len(statements) == few


def test_the_secretariat_asks_for_more_in_the_language_of_the_claimant_and_the_claim_stays(
    app, desk, cast, claimed, mails, acts
):
    change(app, cast.id("partner"), language="fr")
    assert desk.get(f"{PATH}{claimed}/ask/").status == 200
    assert desk.post(f"{PATH}{claimed}/ask/", question="").status == 422
    assert desk.post(f"{PATH}{claimed}/ask/", question="A letter, please.").status == 303
    mail = mails()[-1]
    assert (
        mail["to"] == cast.email("partner") and mail["lang"] == "fr" and "A letter, please." in mail["body"]
    )
    assert "/fr/me/organisation/evidence/" in mail["body"] and acts()[-1] == "affiliation.asked"
    assert "A letter, please." in desk.get(PATH).text("ul.list")
    partner = Browser(app).sign_in(cast.email("partner"))
    assert "asks you to show that you belong to" in partner.get("/en/me/notifications/").text("main")
    for page in ("/en/me/", "/en/me/organisation/evidence/"):
        assert "A letter, please." in partner.get(page).text("main .note")


@ON_SQLITE
def test_a_question_that_was_answered_is_not_put_again(app, desk, cast, claimed):
    asked = now() - timedelta(hours=1)
    change_row(app, Affiliation, claimed, asked="A letter, please.", asked_at=asked)
    assert "after you asked" in desk.get(PATH).text("ul.list")
    assert "A letter" not in Browser(app).sign_in(cast.email("partner")).get("/en/me/").text("main")


@ON_SQLITE
def test_nobody_asks_themselves_and_of_what_is_decided_nothing_is_asked(
    app, desk, cast, claimed, organisation_of
):
    change_row(app, Affiliation, claimed, person_id=cast.id("secretary"))
    assert desk.post(f"{PATH}{claimed}/ask/", question="A letter, please.").status == 403
    change_row(app, Affiliation, claimed, person_id=cast.id("partner"), confirmed_at=now())
    assert desk.post(f"{PATH}{claimed}/ask/", question="A letter, please.").status == 404


@ON_SQLITE
def test_a_contact_reads_the_words_and_not_the_files(app, cast, claimed):
    with app.app_context():
        organisation = db.session.get_one(Affiliation, claimed).organisation_id
        own = db.session.scalars(select(Affiliation).where(Affiliation.person_id == cast.id("leader"))).one()
        own.organisation_id, own.confirmed_at = organisation, now()
        db.session.add(Contact(affiliation_id=own.id))
        db.session.commit()
        assert db.session.get_one(Organisation, organisation)
    contact = Browser(app).sign_in(cast.email("leader"))
    for page in ("/en/me/", f"/en/me/claims/{claimed}/decline/"):
        assert "I keep the soil maps." in contact.get(page).text("main")
        assert "Letter.txt" not in contact.get(page).text("main")
    assert contact.get(file_path(app, claimed)).status == 403


@ON_SQLITE
def test_a_claim_that_was_declined_leaves_its_files_for_an_objection(app, desk, cast, claimed):
    assert desk.post(f"{PATH}{claimed}/decline/", reason="Nobody there knows you.").status == 303
    with app.app_context():
        assert db.session.scalars(select(ClaimFile.affiliation_id)).all() == [claimed]
    with app.app_context():
        row = db.session.get_one(Affiliation, claimed)
        assert row.function == "I keep the soil maps." and row.ended_at is not None
