"""The desk as the secretary sees it."""

import io

import pytest
from sqlalchemy import select

from permille.foundation.audit import AuditEntry
from permille.foundation.database import db
from permille.people import claims
from permille.people.models import Organisation
from tests.browser import Browser


class Desk(Browser):
    """A browser in which the secretary is signed in."""

    def upload(self, text, name="organisations.csv"):
        data = {"csrf_token": self.token(), "file": (io.BytesIO(text.encode()), name)}
        response = self.client.post("/en/secretariat/organisations/import/", data=data)
        return self._read("/en/secretariat/organisations/import/", response)


@pytest.fixture
def desk(app, cast):
    return Desk(app).sign_in(cast.email("secretary"))


@pytest.fixture
def organisation_of(app):
    """Return a function that adds an organisation and returns its id."""

    def add(name, **facts):
        with app.app_context():
            one = Organisation(**{"name": name, "country": "FR", "aliases": [], **facts})
            db.session.add(one)
            db.session.flush()
            claims.index_organisation(db.session, one)
            db.session.commit()
            return one.id

    return add


@pytest.fixture
def acts(app):
    """Return a function that lists what the audit log says, oldest first."""

    def said():
        with app.app_context():
            return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))

    return said
