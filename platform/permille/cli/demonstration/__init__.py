"""Demonstration data: one fictional community, loaded and removed as a whole."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select

from permille.cli.demonstration.bodies import load_bodies, remove_bodies
from permille.cli.demonstration.calls import load_calls, remove_calls
from permille.foundation import search
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.days import months_later, today
from permille.foundation.erasure import erase_all
from permille.foundation.site import read_site
from permille.objectives.models import Objective
from permille.people.claims import index_organisation
from permille.people.indexing import index_person
from permille.people.models import Affiliation, Organisation, OrganisationKind, Person, Role, StandingState
from permille.people.passwords import hash_password
from permille.regions.countries import region_of
from permille.regions.models import all_regions
from permille.taskforces.models import Mandate, Membership, Office

PASSWORD = "four per thousand"  # noqa: S105 (printed in the README; a production start refuses such accounts)
CONTACT = "secretariat@demo.example"
DATA = Path(__file__).parent / "community.toml"


def load_demonstration(session: Session) -> bool:
    """Add the community; the caller commits. Returns False when it is there already."""
    if read_site(session).is_demonstration:
        return False
    password = hash_password(PASSWORD)
    data = tomllib.loads(DATA.read_text("utf-8"))
    site = read_site(session)
    site.is_demonstration = True
    site.contact = site.contact or CONTACT
    organisations = {row["key"]: _organisation(session, row) for row in data["organisations"]}
    objectives = {one.code: one for one in session.scalars(select(Objective))}
    secretary = None
    for row in [*data["people"], *_villagers(data)]:
        person = _person(session, row, password, organisations, secretary)
        secretary = secretary or person
        _involve(session, person, row, objectives)
    _fill_seats(session, list(objectives.values()))
    load_bodies(session)
    session.flush()
    if secretary is not None:
        load_calls(session, secretary, objectives)
    return True


def _organisation(session: Session, row: dict[str, Any]) -> Organisation:
    organisation = Organisation(
        name=row["name"],
        aliases=row.get("aliases", []),
        kind=OrganisationKind(row["kind"]),
        country=row["country"],
        accepted_at=now() if row["state"] != "claimed" else None,
        is_demonstration=True,
    )
    organisation.stand(StandingState(row["state"]), None, evidence="Invented for the demonstration.")
    session.add(organisation)
    session.flush()
    index_organisation(session, organisation)
    return organisation


def _villagers(data: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    codes = [
        f"{goal}{n}"
        for goal, most in zip("ABCDEF", (6, 4, 4, 4, 3, 3), strict=True)
        for n in range(1, most + 1)
    ]
    for lang, names in data["names"].items():
        places, belongs = data["places"][lang], data["belongs"][lang]
        for n, name in enumerate(names):
            turn = len(rows)
            rows.append(
                {
                    "email": f"{lang}-{n + 1}",
                    "name": name,
                    "language": lang,
                    "country": places[n % len(places)],
                    "organisation": belongs[n % len(belongs)] if turn % 5 else None,
                    "joined": [codes[turn % 24], codes[(turn * 7 + 5) % 24], codes[(turn * 11 + 2) % 24]],
                    "listed": turn % 9 != 4,
                    "published": ["country"] if turn % 2 else ["country", "languages"],
                }
            )
    return rows


def _person(
    session: Session,
    row: dict[str, Any],
    password: str,
    organisations: dict[str, Organisation],
    secretary: Person | None,
) -> Person:
    person = Person(
        email=f"{row['email']}@demo.example",
        name=row["name"],
        country=row["country"],
        language=row["language"],
        languages=[row["language"]],
        role=Role(row.get("role", "person")),
        about=row.get("about", ""),
        published=row.get("published", ["country", "about"]),
        is_listed=row.get("listed", True),
        password_hash=password,
        confirmed_at=now(),
        is_demonstration=True,
        affiliations=[],
    )
    session.add(person)
    session.flush()
    if row.get("organisation"):
        affiliation = Affiliation(organisation=organisations[row["organisation"]])
        person.affiliations.append(affiliation)
        affiliation.confirm(secretary or person)
    index_person(session, person)
    return person


def _involve(session: Session, person: Person, row: dict[str, Any], objectives: dict[str, Objective]) -> None:
    region = region_of(person.country or "")
    slug = region.slug if region else None
    for code in dict.fromkeys(row.get("joined", ())):
        session.add(Membership(objective_id=objectives[code].id, person_id=person.id, region=slug))
    for code in row.get("leads", ()):
        session.add(_office(objectives[code], person, None))
    for code in row.get("represents", ()):
        session.add(_office(objectives[code], person, slug))


def _office(objective: Objective, person: Person, region: str | None, n: int = 0) -> Mandate:
    # Terms of two years, some of them nearly over.
    begins_on = today() - timedelta(days=680 - 17 * n)
    return Mandate(
        objective_id=objective.id,
        person_id=person.id,
        office=Office.REPRESENTATIVE if region else Office.LEADER,
        region=region,
        begins_on=begins_on,
        ends_on=months_later(begins_on, 24),
        organisation_id=person.affiliation.organisation_id if person.affiliation else None,
    )


def _fill_seats(session: Session, objectives: list[Objective]) -> None:
    """Give about a third of the seats to eligible people, so that both kinds are to be seen."""
    session.flush()
    people = [one for one in session.scalars(select(Person).order_by(Person.id)) if one.is_eligible]
    people = [one for one in people if one.role == Role.PERSON and "-" in one.email and one.is_listed]
    taken = {(one.objective_id, one.region) for one in session.scalars(select(Mandate))}
    for n, objective in enumerate(sorted(objectives, key=lambda one: one.code)):
        for m, region in enumerate(all_regions()):
            local = [
                one for one in people if (found := region_of(one.country or "")) and found.slug == region
            ]
            if local and (n + m) % 3 == 0 and (objective.id, region) not in taken:
                holder = local[(n * 3 + m) % len(local)]
                session.add(_office(objective, holder, region, n + m))


def remove_demonstration(session: Session) -> None:
    """Remove the community and everything that hangs on it; the caller commits."""
    people = list(session.scalars(select(Person).where(Person.is_demonstration)))
    remove_calls(session)
    remove_bodies(session)
    # Invented offices leave no trace and no mail.
    session.execute(delete(Mandate).where(Mandate.person_id.in_([one.id for one in people])))
    for person in people:
        erase_all(session, person)
    session.flush()
    invented = list(session.scalars(select(Organisation.id).where(Organisation.is_demonstration)))
    session.execute(delete(Affiliation).where(Affiliation.organisation_id.in_(invented)))
    for organisation in list(session.scalars(select(Organisation).where(Organisation.is_demonstration))):
        search.take(session, "organisation", organisation.id)
        session.delete(organisation)
    site = read_site(session)
    site.is_demonstration = False
    site.contact = "" if site.contact == CONTACT else site.contact


def has_demonstration(session: Session) -> bool:
    """Tell whether any account of the demonstration is there (1 statement)."""
    return session.scalar(select(Person.id).where(Person.is_demonstration).limit(1)) is not None
