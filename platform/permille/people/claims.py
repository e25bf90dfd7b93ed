"""Claiming to belong to an organisation: found by any of its names, or proposed when unknown."""

from sqlalchemy import select
from sqlalchemy.orm import raiseload

from permille.foundation import search
from permille.foundation.database import Session
from permille.people.models import Affiliation, Organisation, Person

FEW = 8


def organisation_named(session: Session, name: str, lang: str) -> Organisation | None:
    """Find the organisation that goes by exactly this name or alias, whatever its case or accents."""
    wanted = search.fold(name)
    for one in organisations_like(session, name, lang, most=50):
        if wanted in {search.fold(known) for known in (one.name, *one.aliases)}:
            return one
    return None


def organisations_like(session: Session, words: str, lang: str, most: int = FEW) -> list[Organisation]:
    """Find organisations by words of their names or aliases, in any script (2 statements)."""
    ids = search.find(session, "organisation", words, lang, most)
    if not ids:
        return []
    query = (
        select(Organisation)
        .where(Organisation.id.in_(ids), Organisation.merged_into_id.is_(None))
        .options(raiseload("*"))
        .order_by(Organisation.name)
    )
    return list(session.scalars(query))


def index_organisation(session: Session, organisation: Organisation) -> None:
    """Put an organisation into the search index under all its names."""
    search.put(
        session, "organisation", organisation.id, {"": " ".join([organisation.name, *organisation.aliases])}
    )


def claim(session: Session, person: Person, organisation: Organisation) -> Affiliation:
    """Record that a person says they belong to an organisation; an earlier affiliation ends."""
    held = person.affiliation
    if held is not None and held.organisation_id == organisation.id:
        return held
    if held is not None:
        held.end()
        session.flush()  # the end first: only one affiliation may hold at a time
    affiliation = Affiliation(organisation=organisation)
    person.affiliations.append(affiliation)
    return affiliation


def take_part_alone(person: Person) -> None:
    """End the present affiliation, if there is one; the record stays."""
    if person.affiliation is not None:
        person.affiliation.end()


def propose(session: Session, person: Person, name: str, country: str, website: str = "") -> Organisation:
    """Propose an organisation nobody has named before; the Secretariat looks at it."""
    organisation = Organisation(name=name, country=country, website=website, proposed_by_id=person.id)
    session.add(organisation)
    session.flush()
    index_organisation(session, organisation)
    return organisation


def claim_by_name(session: Session, person: Person, name: str, country: str, lang: str) -> None:
    """Claim the organisation of this name, proposing it if it is unknown."""
    session.flush()
    organisation = organisation_named(session, name, lang) or propose(session, person, name, country)
    claim(session, person, organisation)
