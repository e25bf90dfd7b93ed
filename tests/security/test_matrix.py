"""Every route × every role gives what the table says, and no route is missing from the table."""

import pytest
from sqlalchemy import select

from permille.cli.backup import lines_of, summary_of, tables_of
from permille.foundation.audit import AuditEntry
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.people.models import Organisation, Person, Role
from tests.browser import Browser
from tests.security.matrix import ROLES, address, as_htmx_sees, ask, expected, routes, walk

REFUSED = {302, 403, 404, 405, 409, 410, 422}
COUNTERS = {"limit_count", "signed_in", "audit_entry", "audit_head"}
"""Tables that count attempts and presence: of the audit log, only signing in and out may be new."""


@pytest.fixture
def ids(app):
    with app.app_context():
        return {
            "organisation_id": db.session.scalars(
                select(Organisation.id).where(Organisation.accepted_at.is_not(None)).order_by(Organisation.id)
            ).first()
        }


def differences(found, wanted):
    return {route: (status, wanted[route]) for route, status in found.items() if status != wanted[route]}


def test_the_table_is_complete(app):
    assert {f"{method} {path}" for method, path in routes(app)} == set(expected())


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_a_role_as_agreed(app, cast, ids, role):
    wanted = {route: answer[role] for route, answer in expected().items()}
    assert differences(walk(app, cast, role, ids), wanted) == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_swap_in_another_language_changes_nothing_about_rights(app, cast, ids, role):
    """Only the routes without a fragment of their own answer a redirect; the decision is the same."""
    wanted = {route: answer[role] for route, answer in expected().items()}
    negotiated = {route for route in wanted if "<lang>" not in route}
    found = walk(app, cast, role, ids, htmx=True, lang="ar", only=set(wanted) - negotiated)
    same = {route: status for route, status in found.items() if status != as_htmx_sees(wanted[route])}
    assert differences(same, wanted) == {}


@pytest.mark.parametrize("role", ROLES)
def test_what_is_refused_changes_nothing(app, cast, ids, role):
    refused = {
        route
        for route, answer in expected().items()
        if route.startswith("POST") and answer[role] in REFUSED and "sign-in" not in route
    }
    assert refused
    before = contents(app)
    walk(app, cast, role, ids, only=refused)
    after = contents(app)
    assert {name for name in before if before[name] != after[name]} == set()


def test_a_suspended_person_is_a_visitor_from_the_next_request_on(app, cast, ids):
    browser = Browser(app).sign_in(cast.email("member"))
    change(app, cast.id("member"), suspended_at=now())
    wanted = {route: answer["visitor"] for route, answer in expected().items()}
    wanted["GET /<lang>/people/<int:person_id>/"] = 404  # their own page, which goes meanwhile
    assert differences(walked(app, cast, ids, browser), wanted) == {}


def test_whoever_lost_their_role_a_moment_ago_has_lost_the_desk(app, cast, ids):
    browser = Browser(app).sign_in(cast.email("second-secretary"))
    assert browser.get("/en/secretariat/").status == 200
    change(app, cast.id("second-secretary"), role=Role.PERSON)
    desk = {route: 403 for route in expected() if "/secretariat/" in route}
    assert differences(walked(app, cast, ids, browser, desk), desk) == {}


def test_whoever_has_not_confirmed_their_address_has_no_desk(app, cast, ids):
    browser = Browser(app).sign_in(cast.email("second-secretary"))
    change(app, cast.id("second-secretary"), confirmed_at=None)
    desk = {route: 403 for route in expected() if "/secretariat/" in route}
    assert differences(walked(app, cast, ids, browser, desk), desk) == {}


def test_nobody_but_the_secretariat_reaches_the_desk():
    desk = {route: answer for route, answer in expected().items() if "/secretariat/" in route}
    assert desk
    for route, answer in desk.items():
        for role in ROLES:
            if role == "visitor":
                assert answer[role] == 302, route
            elif role != "secretary":
                assert answer[role] == 403, route


def walked(app, cast, ids, browser, only=None):
    """Ask with one and the same session, whatever has become of it."""
    found = {}
    for method, path in routes(app):
        if only is None or f"{method} {path}" in only:
            token = browser.token() if method == "POST" else ""
            found[f"{method} {path}"] = ask(browser, method, address(path, cast, ids), token)
    return found


def change(app, person_id, **values):
    with app.app_context():
        person = db.session.get(Person, person_id)
        for name, value in values.items():
            setattr(person, name, value)
        db.session.commit()


def contents(app):
    """Return the number of rows and a digest of every table but the counters."""
    with app.app_context(), db.engine.connect().execution_options(read_only=True) as connection:
        tables = [table for table in tables_of(connection) if table.name not in COUNTERS]
        acts = select(AuditEntry.id).where(AuditEntry.action.not_like("session.%"))
        found = {table.name: summary_of(lines_of(connection, table)) for table in tables}
        return {**found, "acts": connection.scalars(acts).all()}
