"""Every route × every role gives what the table says, and no route is missing from the table."""

import pytest
from sqlalchemy import select

from permille.cli.backup import lines_of, summary_of, tables_of
from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Organisation, Role
from permille.taskforces.models import Membership
from tests.browser import Browser
from tests.cast import change
from tests.security.filled import harvest
from tests.security.matrix import ROLES, address, as_htmx_sees, ask, expected, routes, walk
from tests.security.principals import LIKE, PRINCIPALS
from tests.security.staging import stage

REFUSED = {302, 403, 404, 405, 409, 410, 422}
COUNTERS = {"limit_count", "signed_in", "kept_form", "audit_entry", "audit_head"}
"""Tables of attempts, presence and unsent work; of the audit log, only signing in and out may be new."""
ON_BOTH = ("secretary",)
"""Rights do not depend on the database: on PostgreSQL it is enough to walk as whoever gets furthest."""
EVERYONE = pytest.mark.parametrize(
    ("database_url", "role"),
    [("sqlite", role) for role in ROLES] + [("postgresql", role) for role in ON_BOTH],
    indirect=["database_url"],
)
SOME = pytest.mark.parametrize(
    ("database_url", "role"),
    [("sqlite", role) for role in ("visitor", "newcomer", "member", "representative", "secretary")],
    indirect=["database_url"],
)
"""Those who differ most: how a page is asked for is decided before anybody asks who asks."""
MADE_OF_STEPS = {
    "POST /<lang>/objectives/<code>/join/email/",
}
"""Forms that only an earlier step brings; they are sent with their token only."""
DONE = (200, 204, 303)
SETTLED = {
    "organisations/<int:organisation_id>/facts/": (409,),
    "organisations/<int:organisation_id>/reject/": (409,),
    "people/<int:person_id>/let-in/": (303, 409),
    "people/<int:person_id>/second-step/end/": (409,),
    "affiliations/<int:affiliation_id>/decline/": (404,),
    "invitations/<int:invitation_id>/withdraw/": (404,),
    "nominations/<int:nomination_id>/accept/": (409,),
    "consultations/<int:consultee_id>/": (409,),
    "vacancies/<code>/<seat>/complaint/": (403,),
    "complaints/<int:complaint_id>/": (404,),
    "complaints/<int:complaint_id>/reader/": (404,),
    "nominations/<int:nomination_id>/decline/": (409,),
    "vacancies/<code>/<seat>/nomination/propose/<int:application_id>/": (403,),
    "vacancies/<code>/<seat>/nomination/confirm/": (403, 409),
    "vacancies/<code>/<seat>/nomination/withdraw/": (403, 409),
}
"""What an earlier form of the same walk has settled already, or what nobody on the stage has."""


@pytest.fixture
def ids(app, cast):
    with app.app_context():
        return {
            "membership_id": db.session.scalars(
                select(Membership.id)
                .join(Membership.objective)
                .where(Membership.person_id == cast.id("member"), Objective.code == "A1")
            ).one(),
            "organisation_id": db.session.scalars(
                select(Organisation.id).where(Organisation.accepted_at.is_not(None)).order_by(Organisation.id)
            ).first(),
        }


def differences(found, wanted):
    return {route: (status, wanted[route]) for route, status in found.items() if status != wanted[route]}


def test_the_table_is_complete(app):
    assert {f"{method} {path}" for method, path in routes(app)} == set(expected())


def test_the_table_has_an_answer_for_everyone():
    assert {route: role for route, answer in expected().items() for role in ROLES if not answer[role]} == {}


def test_nobody_is_like_somebody_unknown_or_like_somebody_who_is_like_another():
    assert set(LIKE) <= set(ROLES) and set(LIKE.values()) <= set(ROLES) - set(LIKE)


@EVERYONE
def test_every_route_answers_a_role_as_agreed(app, cast, ids, role):
    wanted = {route: answer[role] for route, answer in expected().items()}
    assert differences(walk(app, cast, role, ids), wanted) == {}


@SOME
def test_a_swap_in_another_language_changes_nothing_about_rights(app, cast, ids, role):
    """Only the routes without a fragment of their own answer a redirect; the decision is the same."""
    wanted = {route: answer[role] for route, answer in expected().items()}
    negotiated = {route for route in wanted if "<lang>" not in route}
    found = walk(app, cast, role, ids, htmx=True, lang="ar", only=set(wanted) - negotiated)
    same = {route: status for route, status in found.items() if status != as_htmx_sees(wanted[route])}
    assert differences(same, wanted) == {}


@EVERYONE
def test_what_is_refused_changes_nothing(app, cast, ids, role):
    refused = {
        route
        for route, answer in expected().items()
        if route.startswith("POST") and answer[role] in REFUSED and "sign-in" not in route
    }
    assert refused
    browser = PRINCIPALS[role](app)
    before = contents(app)
    walk(app, cast, role, ids, only=refused, browser=browser)
    walk(app, cast, role, ids, only=refused, browser=browser, htmx=True, lang="ar")
    assert contents(app) == before


@EVERYONE
def test_a_filled_in_form_that_is_not_theirs_to_send_changes_nothing(app, cast, role):
    """Sent where it would work for its owner, so that a question asked too late is noticed."""
    ids = stage(app, cast)
    wanted = {route: answer[role] for route, answer in expected().items() if is_withheld(route, answer[role])}
    assert wanted or role == "secretary"
    forms, browser = harvest(app, cast, ids), PRINCIPALS[role](app)
    assert set(wanted) - set(forms) <= MADE_OF_STEPS
    before = contents(app)
    given = {"forms": forms, "only": wanted, "browser": browser}
    assert differences(walk(app, cast, role, ids, **given), wanted) == {}
    walk(app, cast, role, ids, **given, htmx=True, lang="zh")
    assert contents(app) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_filled_in_forms_would_work_for_the_secretariat(app, cast):
    """Without this the test above could pass with forms that fit nobody."""
    ids = stage(app, cast)
    forms, found = harvest(app, cast, ids), {}
    for route in sorted(route for route in expected() if route.startswith("POST /<lang>/secretariat/")):
        wanted = SETTLED.get(route.removeprefix("POST /<lang>/secretariat/"), DONE)
        found[route] = (status := walk(app, cast, "secretary", ids, forms=forms, only={route})[route])
        if status in wanted:
            del found[route]
    assert found == {}


def is_withheld(route, answer):
    return route.startswith("POST") and answer in (302, 403)


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
            if role in ("visitor", "suspended"):
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


def contents(app):
    """Return the number of rows and a digest of every table but the counters."""
    with app.app_context(), db.engine.connect().execution_options(read_only=True) as connection:
        tables = [table for table in tables_of(connection) if table.name not in COUNTERS]
        acts = select(AuditEntry.id).where(AuditEntry.action.not_like("session.%"))
        found = {table.name: summary_of(lines_of(connection, table)) for table in tables}
        return {**found, "acts": connection.scalars(acts).all()}
