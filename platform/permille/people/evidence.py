"""What shows that somebody belongs to an organisation: their words and files, while the claim waits; and its end."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Select, delete, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.people.models import Affiliation, ClaimFile, Organisation, Person, StandingState
from permille.people.models.evidence import MOST_FILES

WAITS = (Affiliation.ended_at.is_(None), Affiliation.confirmed_at.is_(None))


class Full(ValueError):
    """A claim has as many files as there may be."""


def waiting_claim(session: Session, person: Person) -> Affiliation | None:
    """Find a person's claim that nobody has decided, with organisation and files (2 statements)."""
    return session.scalar(_waiting(person))


def hold_claim(session: Session, person: Person, *, with_organisation: bool = False) -> Affiliation | None:
    """Find the same, held until the transaction ends (2 or 3 statements).

    Its organisation is held first if that is to change, as at the desk.
    """
    if with_organisation:
        named = select(Affiliation.organisation_id).where(Affiliation.person_id == person.id, *WAITS)
        session.scalars(held(select(Organisation).where(Organisation.id.in_(named)), Organisation)).all()
    return session.scalar(held(_waiting(person), Affiliation))


def _waiting(person: Person) -> Select[Affiliation]:
    return (
        select(Affiliation)
        .where(Affiliation.person_id == person.id, *WAITS)
        .options(joinedload(Affiliation.organisation, innerjoin=True), selectinload(Affiliation.files))
    )


def file_of(session: Session, claim: Affiliation | None, file_id: int) -> ClaimFile | None:
    """Find one file of a claim (1 statement)."""
    if claim is None:
        return None
    return session.scalar(
        select(ClaimFile).where(ClaimFile.id == file_id, ClaimFile.affiliation_id == claim.id)
    )


def show(
    session: Session,
    claim: Affiliation,
    function: str,
    file: ClaimFile | None,
    *,
    shows_standing: bool = False,
) -> None:
    """Keep what somebody shows with their claim; the same again changes nothing. The caller commits.

    What is about the standing of an organisation nobody has looked at makes that "evidence received"; where it
    is a partner or member already there is nothing to show.
    Raises `Full`: there is no room for another file.
    """
    if file is not None and len(claim.files) >= MOST_FILES:
        raise Full
    shows_standing = shows_standing and not claim.organisation.is_valid
    is_news = file is not None or function != claim.function or (shows_standing and not claim.shows_standing)
    if not is_news:
        return
    claim.function, claim.shown_at = function, now()
    if file is not None:
        claim.files.append(file)
    audit.record(session, claim.person, "claim.shown", claim)
    if shows_standing:
        claim.shows_standing = True
        _receive(session, claim)


def remove(session: Session, claim: Affiliation, file: ClaimFile) -> None:
    """Take a file away again. The caller commits."""
    claim.files.remove(file)
    audit.record(session, claim.person, "claim.file_removed", claim)


def withdraw(claim: Affiliation) -> None:
    """Drop what was shown for an affiliation its owner no longer says they have. The caller commits."""
    claim.files, claim.function, claim.asked = [], "", ""


def forget_evidence(session: Session, confirmed_days: int, ended_days: int) -> None:
    """Drop words and files of claims confirmed, and of those ended, so many days ago (2 statements)."""
    present = now()
    served: ColumnElement[bool] = or_(
        Affiliation.confirmed_at < present - timedelta(days=confirmed_days),
        Affiliation.ended_at < present - timedelta(days=ended_days),
    )
    says_something = or_(Affiliation.function != "", Affiliation.asked != "")
    for statement in (
        delete(ClaimFile).where(ClaimFile.affiliation_id.in_(select(Affiliation.id).where(served))),
        update(Affiliation).where(served, says_something).values(function="", asked=""),
    ):
        session.execute(statement, execution_options={"synchronize_session": False})


def _receive(session: Session, claim: Affiliation) -> None:
    one = claim.organisation
    if one.state == StandingState.CLAIMED:
        one.stand(StandingState.EVIDENCE, None)
        audit.record(session, claim.person, "standing.shown", one)
