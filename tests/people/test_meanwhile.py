"""What happens while a password is checked or hashed counts: the account is read anew afterwards."""

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import delete

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people import passwords
from permille.people.models import MailedLink, Person, Purpose, SignedIn
from permille.people.passwords import matches
from tests.browser import PASSWORD, Browser

GOOD = "rivers below the acacia"
HASHED = passwords._hasher.hash(GOOD)


@contextmanager
def no_hashing(turns):
    """Let nobody hash until the block ends; `turns` checks are let through before."""
    gate = Gate(turns)
    kept, passwords._at_once = passwords._at_once, gate
    try:
        yield gate
    finally:
        gate.open.set()
        passwords._at_once = kept


class Gate:
    """Stands where two may hash at once: lets some pass, then tells when the next one waits."""

    def __init__(self, turns):
        self.turns, self.waits, self.open = turns, threading.Event(), threading.Event()

    def __enter__(self):
        if self.turns:
            self.turns -= 1
        else:
            self.waits.set()
            assert self.open.wait(60)

    def __exit__(self, *_error):
        return False


def post_while(act, turns, browser, path, **form):
    """Send a form; while the hash after `turns` others waits, `act`."""
    got = []
    token = browser.token()
    with no_hashing(turns) as gate:
        hand = threading.Thread(target=lambda: got.append(browser.post(path, token=token, **form)))
        hand.start()
        assert gate.waits.wait(60)
        act()
    hand.join()
    return got[0]


@pytest.fixture
def change(app, cast):
    """Return acts on the account of the member, as somebody else does them."""

    def make(**values):
        def act():
            with app.app_context():
                person = db.session.get(Person, cast.id("member"))
                for name, value in values.items():
                    setattr(person, name, value)
                db.session.commit()

        return act

    return make


def test_the_old_password_opens_nothing_once_it_was_changed(app, cast, change):
    browser = Browser(app)
    form = {"email": cast.email("member"), "password": PASSWORD}
    page = post_while(change(password_hash=HASHED), 0, browser, "/en/sign-in/", **form)
    assert page.status == 422 and browser.get("/en/me/").status == 302


@pytest.mark.parametrize("turns", [0, 1])
def test_a_suspended_person_changes_no_password(app, cast, change, turns):
    browser = Browser(app).sign_in(cast.email("member"))
    page = post_while(
        change(suspended_at=now()), turns, browser, "/en/me/password/", password=GOOD, present=PASSWORD
    )
    assert page.status == 403
    with app.app_context():
        assert matches(db.session.get(Person, cast.id("member")).password_hash, PASSWORD)


def test_a_suspended_person_resets_no_password(app, cast, change):
    with app.app_context():
        person = db.session.get(Person, cast.id("member"))
        row, token = MailedLink.write(Purpose.RESET, person.email, "en", person)
        db.session.add(row)
        db.session.commit()
    browser = Browser(app)
    browser.get(f"/en/link/{token}/")
    page = post_while(
        change(suspended_at=now(), suspension_reason="Advertised."),
        0,
        browser,
        "/en/password/new/",
        password=GOOD,
    )
    assert page.status == 403 and "Advertised." in page.text("main")
    with app.app_context():
        assert matches(db.session.get(Person, cast.id("member")).password_hash, PASSWORD)


def test_a_suspended_person_asks_for_no_new_address(app, cast, change, mails):
    browser = Browser(app).sign_in(cast.email("member"))
    form = {"email": "new@farm.example", "present": PASSWORD}
    assert post_while(change(suspended_at=now()), 0, browser, "/en/me/email/", **form).status == 403
    assert "new@farm.example" not in [mail["to"] for mail in mails()]


def test_of_two_who_change_a_password_at_once_the_second_types_the_new_one(app, cast, change):
    browser = Browser(app).sign_in(cast.email("member"))
    form = {"password": "olive trees along the wall", "present": PASSWORD}
    page = post_while(change(password_hash=HASHED), 1, browser, "/en/me/password/", **form)
    assert page.status == 422 and "not your present password" in page.text(".err")


def test_a_session_that_ended_changes_no_password(app, cast):
    browser = Browser(app).sign_in(cast.email("member"))

    def end_sessions():
        with app.app_context():
            db.session.execute(delete(SignedIn))
            db.session.commit()

    page = post_while(end_sessions, 1, browser, "/en/me/password/", password=GOOD, present=PASSWORD)
    assert page.status == 302 and "/sign-in/" in page.location
