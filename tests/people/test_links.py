"""What a mailed link opens: an account it makes itself, and never one that is there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.foundation import clock
from permille.foundation.database import db
from permille.people.models import Person
from tests.browser import PASSWORD, Browser
from tests.people.following import follow, link_in, sign_up
from tests.taskforces.test_joining import apply_as_visitor, members_of

GOOD = "rivers below the acacia"


@pytest.fixture
def later():
    start = clock.now()
    yield lambda **time: clock.turn(lambda: start + timedelta(**time))
    clock.turn(None)


def pressed(app, mail):
    """Open a link in a browser of its own and press what there is to press."""
    browser = Browser(app)
    page = follow(browser, mail)
    return browser, browser.post(page, name="Somebody Else", country="FR", agreed="y", follow=True)


def is_signed_in(browser):
    return browser.get("/en/me/").status == 200


@pytest.mark.parametrize("part", ["secretary", "partner"])
def test_a_join_link_joins_for_an_account_that_is_there_and_leads_to_the_sign_in_page(
    app, browser, cast, mails, later, part
):
    before = members_of(app, "B2")
    apply_as_visitor(browser, email=cast.email(part))
    later(days=6)
    other, page = pressed(app, mails()[-1])
    assert members_of(app, "B2") == before + 1
    assert "You have joined Task Force B2. Sign in to see it." in page.text(".flash")
    assert not is_signed_in(other)
    again = other.post("/en/join/confirm/", follow=True)
    assert "Sign in to see it" in again.text(".flash")
    done = other.post(page("form[action*=sign-in]")["action"], email=cast.email(part), password=PASSWORD)
    assert done.location == "/en/objectives/b2/"


def test_whoever_is_signed_in_already_goes_on_to_the_task_force(app, browser, cast, mails):
    apply_as_visitor(browser, email=cast.email("partner"))
    own = Browser(app).sign_in(cast.email("partner"))
    page = own.post(follow(own, mails()[-1]), follow=True)
    assert "You are now a Team Member" in page.text(".flash") and page(".join .tag")


def test_links_to_an_address_end_with_its_password(app, browser, cast, mails):
    apply_as_visitor(browser, email=cast.email("partner"))
    mail = mails()[-1]
    own = Browser(app).sign_in(cast.email("partner"))
    assert own.post("/en/me/password/", password=GOOD, present=PASSWORD).status == 303
    assert Browser(app).get(link_in(mail)).status == 410


def name_of(app, email):
    with app.app_context():
        return db.session.scalar(select(Person.name).where(Person.email == email))


def test_a_second_link_to_make_an_account_opens_and_changes_none_that_was_made_meanwhile(app, browser, mails):
    browser.post("/en/sign-up/", email="ana@farm.example", language="en")
    older = mails()[-1]
    sign_up(browser, mails)
    other, page = pressed(app, older)
    assert "You have an account already" in page.text(".flash")
    assert not is_signed_in(other) and name_of(app, "ana@farm.example") == "Ana Núñez"


def test_an_invitation_opens_and_changes_no_account_that_was_made_meanwhile(app, browser, cast, mails):
    desk = Browser(app).sign_in(cast.email("secretary"))
    guest = {"email": "ana@farm.example", "name": "Invited", "language": "en", "organisation": ""}
    assert desk.post("/en/secretariat/invitations/", **guest).status == 303
    invitation = mails()[-1]
    token_only = Browser(app)
    form = follow(token_only, invitation)
    token = token_only.get(form)("[name=csrf_token]")["value"]
    sign_up(browser, mails)
    for other, page in (
        pressed(app, invitation),
        (token_only, token_only.post(form, token=token, name="X", country="FR", agreed="y", follow=True)),
    ):
        assert "You have an account already" in page.text(".flash")
        assert not is_signed_in(other) and name_of(app, "ana@farm.example") == "Ana Núñez"


def test_signing_in_again_ends_the_session_this_browser_had(app, browser, cast):
    browser.sign_in(cast.email("member"))
    copy = Browser(app)
    copy.client.set_cookie("sid", browser.client.get_cookie("sid").value)
    browser.sign_in(cast.email("partner"))
    assert is_signed_in(browser) and not is_signed_in(copy)
