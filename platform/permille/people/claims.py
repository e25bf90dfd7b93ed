"""Claiming to belong to an organisation: found by any of its names, or proposed when unknown."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import raiseload

from permille.foundation import audit, search
from permille.foundation.database import Session, held
from permille.foundation.turns import take_turn
from permille.people.evidence import withdraw
from permille.people.listing import Part, part_of
from permille.people.models import Affiliation, Organisation, Person, StandingState

FEW = 20
_REJECTED = and_(Organisation.accepted_at.is_(None), Organisation.state == StandingState.WITHDRAWN)


@dataclass(frozen=True)
class Known:
    """What is known of a name: the organisation that bears it in a country, and public ones that do elsewhere."""

    here: Organisation | None
    elsewhere: list[Organisation]


def organisations_with(session: Session, words: str, lang: str, country: str = "") -> Select[Organisation]:
    """Ask for organisations with these words in their names or aliases, in any script; all without words."""
    query = select(Organisation)
    if words:
        ids = search.matching(session, "organisation", words, lang)
        query = query.where(Organisation.id.in_(select(ids.c.row_id) if ids is not None else ()))
    return query.where(Organisation.country == country) if country else query


def organisations_named(session: Session, name: str) -> list[Organisation]:
    """Find the organisations that go by exactly this name or alias, whatever its case or accents (1 statement).

    Those the Secretariat has accepted come first; those it has rejected or merged are none.
    """
    query = organisations_with(session, name, "").where(Organisation.merged_into_id.is_(None), ~_REJECTED)
    query = query.options(raiseload("*")).order_by(Organisation.accepted_at.is_(None), Organisation.id)
    wanted = search.fold(name)
    return [
        one
        for one in session.scalars(query)
        if wanted in {search.fold(known) for known in (one.name, *one.aliases)}
    ]


def recognise(session: Session, name: str, country: str) -> Known:
    """Tell which organisation is meant by a name in a country, and which others it could be (1 statement)."""
    named = organisations_named(session, name)
    here = next((one for one in named if one.country == country), None)
    return Known(here, [one for one in named if one.country != country and one.accepted_at])


def organisations_like(
    session: Session, person: Person, words: str, lang: str, country: str = "", after: int = 0
) -> Part:
    """Find organisations a person may claim, by words of their names and by country (2 statements)."""
    query = organisations_with(session, words, lang, country).where(_claimable(person))
    return part_of(session, query, after, FEW)


def organisation_to_claim(session: Session, person: Person, organisation_id: int) -> Organisation | None:
    """Find an organisation a person may say they belong to (1 statement)."""
    query = select(Organisation).where(Organisation.id == organisation_id, _claimable(person))
    return session.scalar(query.options(raiseload("*")))


def _claimable(person: Person) -> ColumnElement[bool]:
    # A proposal is seen by whoever made it or belongs to it, until the Secretariat has looked at it.
    belongs = select(Affiliation.organisation_id).where(
        Affiliation.person_id == person.id, Affiliation.ended_at.is_(None)
    )
    theirs = or_(Organisation.proposed_by_id == person.id, Organisation.id.in_(belongs))
    return and_(
        Organisation.merged_into_id.is_(None),
        or_(Organisation.accepted_at.is_not(None), and_(theirs, ~_REJECTED)),
    )


def index_organisation(session: Session, organisation: Organisation) -> None:
    """Put an organisation into the search index under all its names."""
    search.put(
        session, "organisation", organisation.id, {"": " ".join([organisation.name, *organisation.aliases])}
    )


def claim(
    session: Session, person: Person, organisation: Organisation, act: str = "affiliation.claimed"
) -> Affiliation:
    """Let a person say they belong to an organisation; an earlier affiliation ends. What changed is recorded.

    `act` names the claim in the log. Two claims of a person at once are made one after the other.
    """
    _hold_affiliations(session, person)
    held = person.affiliation
    if held is not None and held.organisation_id == organisation.id:
        return held
    _leave(session, person)
    affiliation = Affiliation(organisation=organisation)
    person.affiliations.append(affiliation)
    audit.record(session, person, act, affiliation)
    return affiliation


def take_part_alone(session: Session, person: Person) -> None:
    """End the present affiliation and record it, if there is one; the affiliation's own record stays."""
    _hold_affiliations(session, person)
    _leave(session, person)


def _leave(session: Session, person: Person) -> None:
    if (held := person.affiliation) is not None:
        held.end()
        withdraw(held)
        audit.record(session, person, "affiliation.ended", held)
        session.flush()  # the end first: only one affiliation may hold at a time


def _hold_affiliations(session: Session, person: Person) -> None:
    take_turn(session, "affiliations", person.id)
    theirs = select(Affiliation).where(Affiliation.person_id == person.id)
    session.scalars(held(theirs, Affiliation)).all()  # another tab may have ended what was read before
    session.refresh(person, ["affiliations"])
    if person.affiliation is not None:
        session.refresh(person.affiliation, ["files"])


def hold_name(session: Session, name: str, country: str) -> None:
    """Wait for whoever proposes this name in this country at the same moment: it is then known."""
    take_turn(session, "organisation", search.fold(name), country)


def propose(session: Session, person: Person, name: str, country: str, website: str = "") -> Organisation:
    """Propose an organisation nobody has named before; the Secretariat looks at it."""
    organisation = Organisation(name=name, country=country, website=website, proposed_by_id=person.id)
    session.add(organisation)
    session.flush()
    index_organisation(session, organisation)
    return organisation


def claim_by_name(session: Session, person: Person, name: str, country: str) -> None:
    """Claim the organisation that bears this name in this country, proposing it if it is unknown."""
    hold_name(session, name, country)
    claim_or_propose(session, person, recognise(session, name, country).here, name, country)


def claim_or_propose(
    session: Session, person: Person, known: Organisation | None, name: str, country: str, website: str = ""
) -> None:
    """Claim the organisation that is `known`, else propose one of this name and claim that."""
    if known is not None:
        claim(session, person, known)
    else:
        claim(session, person, propose(session, person, name, country, website), "organisation.proposed")
