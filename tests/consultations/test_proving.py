"""A record proves the answers beside it: one that was changed or taken away is told on its page and on paper."""

import pytest
from sqlalchemy import text

from permille.foundation.database import db
from permille.objectives.models import Objective
from permille.taskforces.models import Office
from permille.vacancies import record_routes
from permille.vacancies.checking import flaws
from permille.vacancies.models import Vacancy
from tests.consultations.test_answering import mail, send, visitor

__all__ = ["mail", "visitor"]


@pytest.fixture
def paper(monkeypatch):
    """Return a list of what documents were made of."""
    made = []
    monkeypatch.setattr(record_routes, "document", lambda *_given, **said: made.append(said) or b"%PDF-")
    return made


def do(app, *statements):
    with app.app_context():
        for one in statements:
            db.session.execute(text(one))
        db.session.commit()


def told(desk, vacancy_id, paper):
    """Return the flaws that stand on the page and on paper, which say the same."""
    where = f"/en/vacancies/records/{vacancy_id}/"
    page = desk.get(where)
    assert desk.get(f"{where}pdf/").status == 200
    on_page = [one.get_text(strip=True) for one in page.soup.select("[role=alert] li")]
    assert on_page == paper[-1]["flaws"]
    assert ("every entry is as it was written" in page.text("main")) == (not on_page)
    return on_page


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("UPDATE answer SET words = 'They know nothing.'",), "is not what was sent"),
        (("UPDATE opinion SET support = 'no'",), "is not what was sent"),
        (("DELETE FROM opinion", "DELETE FROM answer"), "is missing"),
    ],
)
def test_an_answer_that_was_tampered_with_is_told_on_the_page_and_on_paper(
    app, desk, visitor, begun, paper, change, problem
):
    send(visitor, visitor.page)
    assert told(desk, begun, paper) == []
    do(app, *change)
    (flaw,) = told(desk, begun, paper)
    assert problem in flaw and "They know" not in flaw


def test_the_record_of_another_vacancy_is_none_the_worse(app, desk, visitor, begun, paper):
    send(visitor, visitor.page)
    do(app, "UPDATE answer SET words = 'They know nothing.'")
    with app.app_context():
        objective = db.session.query(Objective).filter_by(code="D1").one()
        day = db.session.get_one(Vacancy, begun).last_day
        other = Vacancy(
            objective_id=objective.id, office=Office.REPRESENTATIVE, region="africa", last_day=day
        )
        db.session.add(other)
        db.session.commit()
        assert flaws(db.session, other.id) == [] and len(flaws(db.session)) == 1
        number = other.id
    assert told(desk, number, paper) == []
