"""Invitations: sent in the guest's language, accepted once, withdrawn, never twice to one address."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.cli.housekeeping import keep_house
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import MailedLink, Person, Purpose
from tests.browser import Browser

PATH = "/en/secretariat/invitations/"
GUEST = {"email": "guest@village.example", "name": "Amina Sow", "language": "fr", "organisation": ""}


def link_in(mail):
    return re.search(r"https?://[^/]+(/\S+)", mail["body"])[1]


def accept(app, mail, name="Amina Sow"):
    guest = Browser(app)
    guest.get(link_in(mail))
    page = guest.get("/fr/invitation/")
    token = page("[name=csrf_token]")["value"]
    return guest, page, guest.post("/fr/invitation/", token=token, name=name, country="PE", agreed="y")


def test_an_invitation_is_mailed_in_the_guests_language_and_makes_an_account(app, desk, mails, acts):
    assert desk.post(PATH, **GUEST).status == 303
    mail = mails()[-1]
    assert (mail["to"], mail["lang"]) == ("guest@village.example", "fr")
    guest, page, done = accept(app, mail)
    assert page("#name")["value"] == "Amina Sow"
    assert done.status == 303 and guest.get("/fr/me/").status == 200
    assert "invitation.sent" in acts() and "guest@village.example" not in desk.get(PATH).text("main")


def test_the_named_organisation_is_confirmed_from_the_start(app, desk, mails, organisation_of):
    one = organisation_of("Coopérative du Sahel", aliases=["CDS"], country="SN")
    desk.post(PATH, **{**GUEST, "organisation": "cds"})
    accept(app, mails()[-1])
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == "guest@village.example")).one()
        assert person.affiliation.organisation_id == one and person.affiliation.confirmed_at


def test_an_inviter_who_left_the_secretariat_confirms_nothing(app, desk, cast, mails, organisation_of):
    organisation_of("Coopérative du Sahel", country="SN")
    desk.post(PATH, **{**GUEST, "organisation": "Coopérative du Sahel"})
    with app.app_context():
        db.session.get(Person, cast.id("secretary")).role = "person"
        db.session.commit()
    accept(app, mails()[-1])
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == "guest@village.example")).one()
        assert person.affiliation is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"email": "nonsense"}, "Enter an e-mail address"),
        ({"email": "member@demo.example"}, "account with this address"),
        ({"organisation": "Nobody knows it"}, "No organisation goes by this name"),
        ({"language": "tlh"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_sent_is_explained_and_nothing_leaves(desk, mails, wrong, words):
    page = desk.post(PATH, **{**GUEST, **wrong})
    assert page.status == 422 and words in page.text(".errsum")
    assert [mail for mail in mails() if mail["to"] == "guest@village.example"] == []


def test_an_address_is_invited_once_until_the_invitation_is_withdrawn(app, desk, mails):
    desk.post(PATH, **GUEST)
    assert desk.post(PATH, **GUEST).status == 422
    button = desk.get(PATH)("button[formaction*=withdraw]")["formaction"]
    assert desk.post(button).status == 303
    first = mails()[-1]
    assert Browser(app).get(link_in(first)).status == 410
    assert desk.post(button).status == 404
    assert desk.post(PATH, **GUEST).status == 303


def expire(app):
    with app.app_context():
        for row in db.session.scalars(select(MailedLink).where(MailedLink.purpose == Purpose.INVITATION)):
            row.expires_at = now() - timedelta(days=1)
        db.session.commit()


def test_an_expired_invitation_stays_in_view_and_is_sent_again_with_a_new_link(app, desk, mails):
    desk.post(PATH, **GUEST)
    expire(app)
    with app.app_context():
        keep_house()
    page = desk.get(PATH)
    assert "expired on" in page.text("main")
    assert desk.post(page("button[formaction*=again]")["formaction"]).status == 303
    assert "expired on" not in desk.get(PATH).text("main")
    old, new = mails()[-2:]
    assert (new["to"], new["lang"]) == (GUEST["email"], "fr") and link_in(old) != link_in(new)
    assert accept(app, new)[2].status == 303


LIST = """amina@village.example Amina Sow
Jorge Díaz <JORGE@village.example>

nonsense
amina@village.example
member@demo.example
"""


def test_a_list_is_checked_line_by_line_and_sent_after_a_second_word(desk, mails):
    path = PATH + "several/"
    before = len(mails())
    checked = desk.post(path, guests=LIST, language="es")
    assert checked.status == 200 and len(mails()) == before
    table = checked.text("table")
    for words in ("1 amina@village.example Amina Sow will be invited", "2 jorge@village.example Jorge Díaz will be invited",
                  "Enter an e-mail address", "the same address as in line 1", "account with this address"):  # fmt: skip
        assert words in table
    assert desk.post(path, guests=LIST, language="es", checked="1").status == 303
    sent = mails()[before:]
    assert [(one["to"], one["lang"]) for one in sent] == [
        ("amina@village.example", "es"),
        ("jorge@village.example", "es"),
    ]


def test_a_list_counts_towards_the_limits(app, desk, mails):
    app.config["LIMITS"] = {"invitation": 1}
    path, before = PATH + "several/", len(mails())
    assert desk.post(path, guests=LIST, language="es", checked="1").status == 429
    assert len(mails()) == before
    many = "\n".join(f"p{n}@village.example" for n in range(51))
    assert desk.post(path, guests=many, language="es").status == 422


def test_the_open_invitations_are_listed_a_page_at_a_time_and_the_oldest_can_be_withdrawn(app, desk):
    guests = [f"guest{n:02}@village.example" for n in range(55)]
    with app.app_context():
        db.session.add_all(MailedLink.write(Purpose.INVITATION, one, "en", name="")[0] for one in guests)
        db.session.commit()
    first = desk.get(PATH)
    rest = desk.get(first("a[rel=next]")["href"])
    seen = [bdi.get_text() for page in (first, rest) for bdi in page.soup.select(".list bdi[dir=ltr]")]
    assert seen == guests[::-1] and not rest("a[rel=next]")
    assert desk.post(rest.soup.select("button[formaction$='/withdraw/']")[-1]["formaction"]).status == 303
    assert guests[0] not in desk.get(first("a[rel=next]")["href"]).text("main")
