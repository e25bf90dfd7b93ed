"""The desk with a file in hand, and looking at what became of it."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.foundation.audit import AuditEntry
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Organisation, Person, StandingState
from permille.taskforces.models import Mandate, Office
from permille.vacancies.models import Vacancy
from tests.browser import Browser

HOLDERS = "objective,office,region,email,name,language,organisation,begins_on,ends_on,acting\n"
CANDIDATES = (
    "objective,office,region,email,name,language,organisation,sent_on,"
    "why,experience,knowledge,languages,time,endorsement,links\n"
)
SAID = "2026-05-03,Soils wait.,Ten years.,Mali and Niger.,fr|ar,A day a week.,Our board agrees.,https://v.example/a"
AMINA = "C2,representative,africa,amina@village.example,Amina Sow,fr,Soil Trust"


class Desk(Browser):
    """A browser in which the secretary is signed in."""

    def bring(self, what, text, name="list.csv"):
        """Bring a file and return the page it leads to."""
        data = text if isinstance(text, bytes) else text.encode()
        fields = {"csrf_token": self.token(), "file": (io.BytesIO(data), name)}
        return self._read(f"/en/sheets/{what}/", self.client.post(f"/en/sheets/{what}/", data=fields))

    def checked(self, what, text):
        """Return the page of the check as words."""
        return self.get(self.bring(what, text).location).text("main")

    def enter(self, path, **form):
        """Enter what the check at this path shows."""
        seen = self.get(path)("input[name=seen]")
        return self.post(path, seen=seen["value"], **form)

    def imported(self, what, text, **form):
        """Bring a file, enter it, and return the number of the list."""
        done = self.enter(self.bring(what, text).location, **form)
        assert done.status == 303, done.text()
        return int(done.location.rstrip("/").rpartition("/")[2])

    def exported(self, what):
        """Return the file of a list."""
        page = self.client.post(f"/en/sheets/{what}/file/", data={"csrf_token": self.token()})
        return page.get_data()


@pytest.fixture
def desk(app, cast):
    return Desk(app).sign_in(cast.email("secretary"))


@pytest.fixture
def trust(app):
    """Let there be an organisation that is a partner, and return its id."""
    with app.app_context():
        one = Organisation(name="Soil Trust", country="KE", aliases=["ST"], accepted_at=now(), standings=[])
        one.stand(StandingState.PARTNER, None, evidence="Letter")
        db.session.add(one)
        db.session.commit()
        return one.id


@pytest.fixture
def call(app, cast):
    """Open the call for the seat of C2 in Africa and return the id of its vacancy."""
    with app.app_context():
        objective = db.session.scalars(select(Objective).where(Objective.code == "C2")).one()
        vacancy = Vacancy(objective_id=objective.id, office=Office.REPRESENTATIVE, region="africa")
        vacancy.last_day = now().date() + timedelta(days=20)
        db.session.add(vacancy)
        db.session.commit()
        return vacancy.id


@pytest.fixture
def free(app):
    """Let every seat of C2 be free."""
    with app.app_context():
        held = (
            select(Mandate).join(Mandate.objective).where(Objective.code == "C2", Mandate.ended_at.is_(None))
        )
        for one in db.session.scalars(held):
            one.end()
        db.session.commit()


def acts(app):
    """Return what the audit log says, oldest first."""
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def person(app, email):
    """Return an account by its address, with where it belongs; or none."""
    with app.app_context():
        one = db.session.scalar(select(Person).where(Person.email == email))
        if one is not None:
            belongs = select(Affiliation).where(Affiliation.person_id == one.id)
            one.affiliations[:] = db.session.scalars(belongs).all()
        return one


def rows(app, model, **facts):
    """Return the rows of a table with these facts."""
    with app.app_context():
        return list(db.session.scalars(select(model).filter_by(**facts).order_by(model.id)))
