"""A clock turned by hand, phones with an authenticator app, and passkeys."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from permille.foundation import clock
from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.people.second_step import CODES, STEP
from tests.browser import Browser
from tests.people.second_step.keys import BEGIN, NEW, Key, asked
from tests.people.second_step.phones import shown


@pytest.fixture
def turned():
    """A clock that is turned by hand, from the start of a step on."""
    moment = [clock.now().replace(second=0, microsecond=0)]
    clock.turn(lambda: moment[0])

    def turn(**by):
        moment[0] += timedelta(**by)

    yield turn
    clock.turn(None)


@pytest.fixture
def set_up(app, cast, turned):
    """Return a function by which somebody sets up their app: their browser, the app, the recovery codes."""

    def go(part):
        browser = Browser(app).sign_in(cast.email(part))
        assert browser.post("/en/me/second-step/begin/").status == 303
        page = browser.get("/en/me/second-step/app/")
        phone = pyotp.TOTP("".join(page.text("code.key").split()))
        done = browser.post("/en/me/second-step/app/", code=shown(phone))
        codes = [one.get_text() for one in done.soup.select(".codes code")]
        assert len(codes) == CODES
        turned(seconds=STEP)
        return browser, phone, codes

    return go


@pytest.fixture
def added(app, cast):
    """Return a function by which somebody adds a passkey: their browser, the passkey, the page that answers."""

    def go(part, browser=None, name="My phone"):
        browser, key = browser or Browser(app).sign_in(cast.email(part)), Key()
        return browser, key, browser.post(NEW, name=name, credential=key.made(asked(browser, BEGIN)))

    return go


@pytest.fixture
def acts(app):
    """Return a function that lists what the audit log holds, oldest first."""

    def listed():
        with app.app_context():
            return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))

    return listed
