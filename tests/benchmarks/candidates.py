"""Vacancies in the midst of their consultations: 2,000 applications and 10,000 answers."""

import random

from sqlalchemy import insert, select

from permille.consultations.models import Answer, Consultation, Consultee, Group, Opinion, PanelMember
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.days import today
from permille.foundation.multilingual import Multilingual
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.regions.models import all_regions
from permille.taskforces.models import Office
from permille.vacancies.models import Application, Vacancy

VACANCIES, CANDIDATES, ANSWERS = 100, 20, 100
SECRETARY = "secretary@demo.example"
WORDS = "Ten years of compost and cover crops with the farmers of the valley. " * 5


def fill(session: Session) -> str:
    """Let 100 seats be under consultation, with 20 candidates and 100 answers each; return the address of one."""
    chance = random.Random(4)
    people = list(session.scalars(select(Person.id).order_by(Person.id)))
    panel = session.scalars(select(Person.id).where(Person.email == SECRETARY)).one()
    session.execute(insert(Vacancy), _vacancies(session))
    running = list(
        session.scalars(select(Vacancy).where(Vacancy.consultation_at.is_not(None)).order_by(Vacancy.id))
    )
    running = [one for one in running if not one.is_demonstration]
    for one in running:
        _fill_one(session, one.id, chance.sample(people, CANDIDATES + ANSWERS), panel)
    session.commit()
    first = running[0]
    code = session.get_one(Objective, first.objective_id).code
    return f"{code.lower()}/{first.region or 'leader'}"


def _vacancies(session: Session) -> list[dict]:
    taken = {(one.objective_id, one.region) for one in session.scalars(select(Vacancy))}
    seats = [
        (objective, region)
        for objective in session.scalars(select(Objective.id).order_by(Objective.id))
        for region in (None, *all_regions())
        if (objective, region) not in taken
    ]
    return [
        {
            "objective_id": objective, "region": region, "last_day": today(), "closed_at": now(), "consultation_at": now(),
            "office": Office.REPRESENTATIVE if region else Office.LEADER,
        }
        for objective, region in seats[:VACANCIES]
    ]  # fmt: skip


def _fill_one(session: Session, vacancy: int, people: list[int], panel: int) -> None:
    words = dict.fromkeys(("why", "experience", "knowledge", "time", "endorsement"), WORDS)
    applications = [
        Application(
            vacancy_id=vacancy, person_id=one, number=f"B{vacancy}-{one}", sent_at=now(), languages=["en", "fr"], **words
        )
        for one in people[:CANDIDATES]
    ]  # fmt: skip
    consultation = Consultation(vacancy_id=vacancy, question=Multilingual(), last_day=today())
    session.add_all([*applications, consultation])
    session.add(PanelMember(vacancy_id=vacancy, person_id=panel, declared_at=now(), is_related=False))
    session.flush()
    asked = [
        Consultee(
            consultation_id=consultation.id, person_id=one, asked_as=Group.PARTNERS, language="en",
            invited_at=now(), answered_at=now(),
        )
        for one in people[CANDIDATES:]
    ]  # fmt: skip
    session.add_all(asked)
    session.flush()
    answers = [
        Answer(consultee_id=one.id, language="en", words=WORDS, is_late=False, salt="x") for one in asked
    ]
    session.add_all(answers)
    session.flush()
    session.execute(
        insert(Opinion),
        [
            {"answer_id": answer.id, "application_id": one.id, "relation": "none", "support": "yes", "words": "Good."}
            for answer in answers
            for one in applications[:5]
        ],
    )  # fmt: skip
