"""Who may stand for an office: one rule, and everybody who asks gets the same answer."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import db
from permille.mandates.queries import held_mandates
from permille.nominations.models import Rule
from permille.nominations.rules import failing
from permille.objectives.models import Objective
from permille.people.eligibility import holds_eligibility
from permille.people.models import Affiliation, Organisation, Person
from permille.secretariat.queries import flagged_mandates
from permille.taskforces.models import Mandate
from permille.taskforces.roles import offices_for
from permille.vacancies.models import Application, Vacancy
from permille.vacancies.policy import may_apply
from tests.vacancies.conftest import ANSWERS, call

__all__ = ["call"]

PAST, AHEAD = -timedelta(days=1), timedelta(days=1)
VALID = {("partner", None), ("partner", AHEAD), ("member", None), ("member", AHEAD)}
STANDINGS = [
    *VALID, ("claimed", None), ("evidence", None), ("partner", PAST), ("member", PAST), ("lapsed", None), ("withdrawn", None)
]  # fmt: skip
CASES = [
    *product(STANDINGS, ("claimed", "confirmed")),
    *product([("partner", None), ("claimed", None)], ("none", "ended")),
]


def expected(standing, bond):
    """The truth table: every standing × every affiliation."""
    if bond in ("none", "ended"):
        return "unknown"
    if standing not in VALID:
        return "not_partner"
    return "eligible" if bond == "confirmed" else "unconfirmed"


@pytest.fixture
def candidate(app, call):
    """Somebody with an office elsewhere and an application, and the organisation they may belong to."""
    with app.app_context():
        elsewhere = db.session.scalars(select(Objective.id).where(Objective.code == "F3")).one()
        person = Person(
            email="zoe@village.example", name="Zoé", confirmed_at=now(), country="ML", affiliations=[]
        )
        one = Organisation(name="Soil Trust", country="ML", aliases=[], accepted_at=now())
        db.session.add_all([person, one])
        db.session.flush()
        db.session.add(Mandate(objective_id=elsewhere, person_id=person.id, office="leader"))
        answers = {**ANSWERS, "vacancy_id": call, "person_id": person.id, "number": "C2-9", "sent_at": now()}
        db.session.add(Application(**answers))
        db.session.commit()
        return person.id, one.id


def belong(person_id, organisation_id, standing, bond):
    """Let the organisation stand so, and the person belong to it so."""
    state, until = standing
    one, person = db.session.get_one(Organisation, organisation_id), db.session.get_one(Person, person_id)
    one.state, one.state_until = state, until and now() + until
    person.affiliations.clear()
    db.session.flush()
    if bond != "none":
        row = Affiliation(organisation=one, confirmed_at=None if bond == "claimed" else now())
        row.ended_at = now() if bond == "ended" else None
        person.affiliations.append(row)
    db.session.flush()
    return person


def answers(person, vacancy, application):
    """Ask everywhere: the join form, the application, its sending, the nomination, both lists of mandates."""
    session = db.session
    offices = offices_for(session, person, vacancy.objective, "africa")
    rules = {Rule.AFFILIATION, Rule.STANDING} & set(failing(session, vacancy, application, person))
    flags = [one for one in flagged_mandates(session) if one.person_id == person.id]
    (mandate,) = [one for one in held_mandates(session) if one.person_id == person.id]
    return {
        "the form to join": offices["representative"].state.value.replace("called", "eligible"),
        "writing": may_apply(person, vacancy),
        "sending": holds_eligibility(session, person),
        "nominating": (rules or {""}).pop(),
        "the desk": flags[0].why.value if flags else "eligible",
        "the list of offices": mandate.is_eligible,
    }


def test_every_place_that_asks_gives_the_answer_of_the_table(app, call, candidate):
    with app.app_context():
        vacancy = db.session.get_one(Vacancy, call)
        assert vacancy.objective and vacancy.renews is None
        application = db.session.scalars(
            select(Application).where(Application.person_id == candidate[0])
        ).one()
        for standing, bond in CASES:
            wanted = expected(standing, bond)
            is_eligible = wanted == "eligible"
            rule = {"eligible": "", "not_partner": Rule.STANDING}.get(wanted, Rule.AFFILIATION)
            person = belong(*candidate, standing, bond)
            assert answers(person, vacancy, application) == {
                "the form to join": wanted,
                "writing": is_eligible,
                "sending": is_eligible,
                "nominating": rule,
                "the desk": wanted,
                "the list of offices": is_eligible,
            }, (standing, bond)
        offices = db.session.scalars(select(Mandate).where(Mandate.person_id == candidate[0])).all()
        assert [one.ended_at for one in offices] == [None], "a flag takes nothing from anybody"
