"""Deciding who belongs to an organisation: the same acts, mails and records whoever decides."""

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, contains_eager, raiseload

from permille.foundation import audit, mail
from permille.foundation.database import Session, held
from permille.foundation.links import absolute, link
from permille.people.models import Affiliation, Contact, Person

PAGE = 50


def confirm(session: Session, affiliation: Affiliation, by: Person) -> None:
    """Confirm that a person belongs to an organisation, and tell them. The caller commits."""
    affiliation.confirm(by)
    audit.record(session, by, "affiliation.confirmed", affiliation)
    _tell(session, affiliation, "affiliation_confirmed")


def decline(session: Session, affiliation: Affiliation, by: Person, reason: str) -> None:
    """Decline a claim; it ends with its reason, the person is told and may claim again. The caller commits."""
    affiliation.end(by, reason)
    audit.record(session, by, "affiliation.declined", affiliation)
    _tell(session, affiliation, "affiliation_declined", reason=reason)


def end(session: Session, affiliation: Affiliation, by: Person, reason: str) -> None:
    """End a confirmed affiliation with its reason, and tell the person. The caller commits."""
    affiliation.end(by, reason)
    audit.record(session, by, "affiliation.withdrawn", affiliation)
    _tell(session, affiliation, "affiliation_ended", reason=reason)


def claims_for(
    session: Session, person: Person, claim_id: int = 0, *, after: int = 0, to_change: bool = False
) -> list[Affiliation]:
    """List the claims to the organisation a person is the contact of, or one of them (1 statement).

    They are those after an id, oldest first, up to a page. Nobody is asked about their own claim.
    """
    own = aliased(Affiliation)
    is_contact = exists().where(
        Contact.affiliation_id == own.id,
        Contact.ended_at.is_(None),
        own.person_id == person.id,
        own.organisation_id == Affiliation.organisation_id,
        own.confirmed_at.is_not(None),
        own.ended_at.is_(None),
    )
    query = (
        select(Affiliation)
        .join(Affiliation.person)
        .join(Affiliation.organisation)
        .where(
            Affiliation.confirmed_at.is_(None),
            Affiliation.ended_at.is_(None),
            Affiliation.person_id != person.id,
            Affiliation.id > after,
        )
        .where(is_contact)
        .options(contains_eager(Affiliation.person), contains_eager(Affiliation.organisation), raiseload("*"))
        .order_by(Affiliation.id)
        .limit(PAGE)
    )
    if claim_id:
        query = query.where(Affiliation.id == claim_id)
    return list(session.scalars(held(query, Affiliation) if to_change else query))


def _tell(session: Session, affiliation: Affiliation, template: str, **context: str) -> None:
    person = affiliation.person
    page = absolute(link("people.mine", lang=person.language))
    context |= {"name": person.name, "organisation": affiliation.organisation.name, "page": page}
    mail.send(session, person.email, person.language, template, person_id=person.id, **context)
