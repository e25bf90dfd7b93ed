"""Deciding who belongs to an organisation: the same acts, mails and records whoever decides."""

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, contains_eager, raiseload

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.foundation.languages import _l
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.models import Affiliation, Contact, Person

PAGE = 50


def confirm(session: Session, affiliation: Affiliation, by: Person) -> None:
    """Confirm that a person belongs to an organisation, and tell them. The caller commits."""
    affiliation.confirm(by)
    audit.record(session, by, "affiliation.confirmed", affiliation)
    tell_about(session, affiliation, "affiliation_confirmed")


def decline(session: Session, affiliation: Affiliation, by: Person, reason: str) -> None:
    """Decline a claim; it ends with its reason, the person is told and may claim again. The caller commits."""
    affiliation.end(by, reason)
    audit.record(session, by, "affiliation.declined", affiliation)
    tell_about(session, affiliation, "affiliation_declined", reason=reason)


def end(session: Session, affiliation: Affiliation, by: Person, reason: str) -> None:
    """End a confirmed affiliation with its reason, and tell the person. The caller commits."""
    affiliation.end(by, reason)
    audit.record(session, by, "affiliation.withdrawn", affiliation)
    tell_about(session, affiliation, "affiliation_ended", reason=reason)


def ask(session: Session, affiliation: Affiliation, by: Person, question: str) -> None:
    """Ask a person to show that they belong to an organisation; the claim stays. The caller commits."""
    affiliation.asked, affiliation.asked_at = question, now()
    audit.record(session, by, "affiliation.asked", affiliation)
    name = affiliation.organisation.name
    tell(
        session,
        affiliation.person,
        "evidence_asked",
        "people.claim_evidence",
        organisation=name,
        question=question,
    )


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


def tell_about(session: Session, affiliation: Affiliation, kind: str, **facts: str) -> None:
    """Tell a person what was decided about their affiliation. The caller commits."""
    tell(
        session, affiliation.person, kind, "people.mine", organisation=affiliation.organisation.name, **facts
    )


declare("affiliation_confirmed", _l("It is confirmed that you belong to %(organisation)s."), "organisation")
declare(
    "affiliation_declined",
    _l("It could not be confirmed that you belong to %(organisation)s."),
    "organisation",
)
declare(
    "evidence_asked",
    _l("The Executive Secretariat asks you to show that you belong to %(organisation)s."),
    "organisation",
)
declare("affiliation_ended", _l("You no longer belong to %(organisation)s on this platform."), "organisation")
