"""Every route × every role gives what the table says, and no route is missing from the table."""

import pytest
from sqlalchemy import select

from permille.foundation.database import db
from permille.people.models import Organisation
from tests.security.matrix import ROLES, expected, routes, walk


@pytest.fixture
def ids(app):
    with app.app_context():
        return {
            "organisation_id": db.session.scalars(
                select(Organisation.id).where(Organisation.accepted_at.is_not(None)).order_by(Organisation.id)
            ).first()
        }


def test_the_table_is_complete(app):
    assert {f"{method} {path}" for method, path in routes(app)} == set(expected())


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_a_role_as_agreed(app, cast, ids, role):
    table = expected()
    found = walk(app, cast, role, ids)
    wrong = {
        route: (status, table[route][role]) for route, status in found.items() if status != table[route][role]
    }
    assert wrong == {}


def test_nobody_but_the_secretariat_reaches_the_desk():
    desk = {route: answer for route, answer in expected().items() if "/secretariat/" in route}
    assert desk
    for route, answer in desk.items():
        for role in ROLES:
            if role == "visitor":
                assert answer[role] == 302, route
            elif role != "secretary":
                assert answer[role] == 403, route
