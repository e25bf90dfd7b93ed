"""Each limit of the code is reached exactly: as many as it says get through, the next is told to wait."""

import io
from datetime import timedelta

import pytest

from permille.complaints import routes as complaints
from permille.consultations import invitation_routes, reminder_routes
from permille.exclusions import routes as exclusions
from permille.foundation import clock
from permille.foundation.limits import MINUTE, Limit
from permille.mandates import relay_routes
from permille.people import fairness as accounts
from permille.people import sign_in_routes
from permille.portals import machines
from permille.portals import routes as portals
from permille.secretariat import fairness as desk
from permille.sheets import fairness as sheets
from permille.taskforces import join_routes, sending_routes, welcome_routes
from permille.vacancies import application_routes, evidence_routes, record_routes, watch_routes
from tests.security.principals import PRINCIPALS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DECIDED = {
    accounts.MAILS_TO_ONE: (5, HOUR),
    accounts.MAILS_TO_ONE_A_DAY: (10, DAY),
    accounts.MAILS_FROM_ONE: (100, HOUR),
    accounts.CODES_FROM_ONE: (100, 30 * MINUTE),
    accounts.PASSWORD_CHECKS: (10, 30 * MINUTE),
    accounts.FACTOR_TRIES: (5, 5 * MINUTE),
    accounts.FACTOR_AN_HOUR: (20, HOUR),
    accounts.FACTOR_A_DAY: (50, DAY),
    accounts.PROPOSALS: (10, DAY),
    accounts.EXPORTS: (5, HOUR),
    accounts.CLAIM_FILES: (30, HOUR),
    sign_in_routes.BY_ADDRESS: (100, 5 * MINUTE),
    sign_in_routes.BY_ACCOUNT: (5, 30 * MINUTE),
    join_routes.ASKING: (60, HOUR),
    sending_routes.MAILS_TO_ONE: (5, DAY),
    machines.REPORTS: (100, HOUR),
    portals.SEARCHES: (30, MINUTE),
    portals.TYPED: (120, MINUTE),
    desk.UPLOADS: (20, HOUR),
    desk.INVITATIONS: (50, DAY),
    desk.INVITATIONS_TO_ONE: (3, 30 * DAY),
    watch_routes.ASKING: (30, HOUR),
    watch_routes.MAILS_TO_ONE: (5, DAY),
    application_routes.KEEPING: (600, HOUR),
    evidence_routes.FILES: (60, HOUR),
    invitation_routes.TESTS: (20, HOUR),
    complaints.MAKING: (10, DAY),
    exclusions.DECIDING: (20, DAY),
    welcome_routes.WELCOMES: (50, DAY),
    relay_routes.WRITING: (10, DAY),
    relay_routes.ANSWERING: (50, DAY),
    relay_routes.PAIR: (3, DAY),
    relay_routes.TO_ONE: (30, DAY),
    relay_routes.ANSWERS_TO_ONE: (30, DAY),
    reminder_routes.REMINDERS: (1, 12 * HOUR),
    record_routes.DOCUMENTS: (20, MINUTE),
    sheets.FILES: (20, HOUR),
    sheets.MAILINGS: (10, DAY),
}

GUEST = {"name": "Amina", "language": "fr", "organisation": ""}
ACTS = {
    accounts.MAILS_TO_ONE: ("visitor", "/en/sign-up/", lambda _n: {"email": "one@village.example", "language": "en"}),
    accounts.MAILS_FROM_ONE: ("visitor", "/en/sign-up/", lambda n: {"email": f"p{n}@village.example", "language": "en"}),
    accounts.CODES_FROM_ONE: ("visitor", "/en/sign-in/code/", lambda _n: {"code": "123456"}),
    accounts.PASSWORD_CHECKS: ("member", "/en/me/password/", lambda _n: {"present": "wrong", "password": "a wholly different phrase 99"}),
    accounts.PROPOSALS: ("member", "/en/me/organisation/propose/", lambda n: {"name": f"Village {n}", "country": "BO"}),
    accounts.EXPORTS: ("member", "/en/me/data/", lambda _n: {}),
    sign_in_routes.BY_ADDRESS: ("visitor", "/en/sign-in/", lambda _n: {}),
    sign_in_routes.BY_ACCOUNT: (
        "visitor", "/en/sign-in/", lambda _n: {"email": "nobody@village.example", "password": "wrong"},
    ),
    join_routes.ASKING: ("partner", "/en/objectives/b1/join/", lambda _n: {}),
    machines.REPORTS: ("visitor", "/csp", lambda _n: {}),
    watch_routes.ASKING: ("visitor", "/en/vacancies/a2/africa/watch/", lambda n: {"email": f"p{n}@village.example"}),
    watch_routes.MAILS_TO_ONE: ("visitor", "/en/vacancies/a2/africa/watch/", lambda _n: {"email": "one@village.example"}),
    relay_routes.WRITING: ("member", "/en/offices/{n}/write/", lambda n: {"subject": f"Meeting {n}", "words": "When is it?"}),
    relay_routes.PAIR: ("member", "/en/offices/1/write/", lambda n: {"subject": f"Meeting {n}", "words": "When is it?"}),
    desk.UPLOADS: (
        "secretary", "/en/secretariat/organisations/import/",
        lambda n: {"file": (io.BytesIO(f"name,country\nVillage {n},BO\n".encode()), "a.csv")},
    ),
    sheets.FILES: (
        "secretary", "/en/sheets/mandates/",
        lambda n: {"file": (io.BytesIO(f"objective,office,email\nA1,leader,p{n}@v.example\n".encode()), "a.csv")},
    ),
    desk.INVITATIONS: (
        "secretary", "/en/secretariat/invitations/", lambda n: {**GUEST, "email": f"g{n}@village.example"},
    ),
}  # fmt: skip
"""Who does what to come to a limit; the limits of searching are tried in tests/foundation/test_limits.py."""


@pytest.fixture(autouse=True)
def turned():
    """A clock that stands still at the beginning of a slot until it is turned."""
    moment = [clock.now().replace(hour=0, minute=0, second=0, microsecond=0)]
    clock.turn(lambda: moment[0])

    def turn(by):
        moment[0] += by

    yield turn
    clock.turn(None)


@pytest.mark.parametrize("limit", DECIDED, ids=lambda limit: limit.name)
def test_a_limit_is_what_was_decided(limit):
    assert (limit.most, limit.per) == DECIDED[limit]


def test_every_limit_of_the_code_was_decided():
    import gc

    in_code = {one for one in gc.get_objects() if isinstance(one, Limit) and one.name != "test"}
    by_address = {one for one in in_code if one.name in ("search-address", "search-typing-address")}
    assert in_code - by_address == set(DECIDED)


@pytest.mark.parametrize("limit", ACTS, ids=lambda limit: limit.name)
def test_as_many_as_allowed_get_through_and_the_next_waits_for_the_next_slot(app, turned, limit):
    role, path, form = ACTS[limit]
    browser = PRINCIPALS[role](app)
    token = "" if path == "/csp" else browser.token()
    allowed = 0
    while (answer := send(browser, path.format(n=allowed + 1), token, form(allowed))).status_code != 429:
        allowed += 1
        assert allowed <= limit.most, answer.status_code
    assert allowed == limit.most
    assert 0 < int(answer.headers["Retry-After"]) <= limit.per.total_seconds()
    turned(limit.per)
    assert send(browser, path.format(n=1), token, form(allowed + 1)).status_code != 429


def send(browser, path, token, form):
    return browser.client.post(path, data={**form, "csrf_token": token})
