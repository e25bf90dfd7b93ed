"""What a phone shows, and a browser that stands between the two steps."""

from permille.foundation import clock
from tests.browser import PASSWORD, Browser

WRONG = "000000"


def shown(phone):
    return phone.at(int(clock.now().timestamp()))


def half_way(app, email):
    """Return a browser that has given the right password, and nothing more."""
    browser = Browser(app)
    where = browser.post("/en/sign-in/", email=email, password=PASSWORD).location
    assert where.startswith("/en/sign-in/second/")
    return browser, where
