"""A community of the size the budgets speak of, made the same way every time."""

import random

from sqlalchemy import insert, select

from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Affiliation, Organisation, Person
from permille.regions.countries import region_of
from permille.regions.models import all_regions
from permille.taskforces.models import Mandate, Membership

PEOPLE, ORGANISATIONS, TEAM = 20_000, 2_000, 200


def fill(
    session: Session, people: int = PEOPLE, organisations: int = ORGANISATIONS, team: int = TEAM
) -> None:
    """Add organisations, people, all 144 seats and `team` members in each task force."""
    chance = random.Random(4)
    countries = [country for region in all_regions().values() for country in region.countries]
    session.execute(
        insert(Organisation), [_organisation(n, chance.choice(countries)) for n in range(organisations)]
    )
    session.execute(insert(Person), [_person(n, chance.choice(countries)) for n in range(people)])
    orgs = list(session.scalars(select(Organisation.id)))
    persons = {row.id: row.country for row in session.execute(select(Person.id, Person.country))}
    ids = list(persons)
    held = set(session.scalars(select(Affiliation.person_id)))
    session.execute(
        insert(Affiliation),
        [_affiliation(person, chance.choice(orgs)) for person in ids if person not in held],
    )
    taken = {(one.objective_id, one.person_id) for one in session.scalars(select(Membership))}
    seats = {(one.objective_id, one.region) for one in session.scalars(select(Mandate))}
    members, mandates = [], []
    for objective in session.scalars(select(Objective.id)):
        for person in chance.sample(ids, team):
            if (objective, person) not in taken:
                region = region_of(persons[person] or "")
                members.append(_membership(objective, person, region.slug if region else None))
        for region in (None, *all_regions()):
            if (objective, region) not in seats:
                mandates.append(_mandate(objective, chance.choice(ids), region))
    session.execute(insert(Membership), members)
    session.execute(insert(Mandate), mandates)
    session.commit()


def _organisation(n: int, country: str) -> dict:
    return {
        "name": f"Organisation {n}", "aliases": [], "kind": "research", "country": country, "website": "",
        "state": "partner", "accepted_at": now(), "version": 1, "is_demonstration": False, "created_at": now(),
    }  # fmt: skip


def _person(n: int, country: str) -> dict:
    return {
        "email": f"p{n}@bench.example", "confirmed_at": now(), "name": f"Person {n}", "language": "en",
        "country": country, "about": "", "languages": [], "published": [], "is_listed": True, "role": "person",
        "consent_version": "", "is_demonstration": False, "created_at": now(),
    }  # fmt: skip


def _affiliation(person: int, organisation: int) -> dict:
    return {"person_id": person, "organisation_id": organisation, "confirmed_at": now(), "created_at": now()}


def _membership(objective: int, person: int, region: str | None) -> dict:
    return {
        "objective_id": objective,
        "person_id": person,
        "region": region,
        "contribution": "",
        "created_at": now(),
    }


def _mandate(objective: int, person: int, region: str | None) -> dict:
    office = "representative" if region else "leader"
    return {
        "objective_id": objective,
        "person_id": person,
        "office": office,
        "region": region,
        "created_at": now(),
    }
