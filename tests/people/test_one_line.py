"""A name is one line with single spaces, on whatever form it was typed."""

from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import MailedLink, Organisation
from tests.browser import Browser

TYPED, KEPT = "  Soil \n Trust\tof  Kita ", "Soil Trust of Kita"


def test_a_visitor_who_joins(app, browser, mails):
    browser.post("/en/objectives/b2/join/", role="member", contribution="Cover crops.")
    who = {"email": "Amina@Village.example", "name": TYPED, "organisation": TYPED, "country": "TN"}
    browser.post("/en/objectives/b2/join/email/", **who, agreed="y")
    browser.post("/en/objectives/b2/join/check/")
    assert mails()[-1]["to"] == "amina@village.example"
    with app.app_context():
        carried = db.session.scalars(select(MailedLink.payload).order_by(MailedLink.id.desc())).first()
        assert (carried["name"], carried["organisation"]) == (KEPT, KEPT)


def test_an_organisation_and_a_guest_of_the_secretariat(app, cast, mails):
    desk = Browser(app).sign_in(cast.email("secretary"))
    added = {"name": TYPED, "country": "ML", "kind": "", "aliases": "", "website": "", "is_accepted": "y"}
    assert desk.post("/en/secretariat/organisations/new/", **added).status == 303
    guest = {"email": "guest@village.example", "name": TYPED, "organisation": TYPED, "language": "en"}
    page = desk.post("/en/secretariat/invitations/", **guest)
    assert page.status == 303, page.text("main")
    with app.app_context():
        one = db.session.scalars(select(Organisation).order_by(Organisation.id.desc())).first()
        carried = db.session.scalars(select(MailedLink.payload).order_by(MailedLink.id.desc())).first()
        assert one.name == KEPT and (carried["name"], carried["organisation_id"]) == (KEPT, one.id)
