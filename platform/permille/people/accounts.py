"""Making an account and giving it a role: the same acts and records whichever way it comes about."""

from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.database import Session, held
from permille.people.indexing import index_person
from permille.people.models import MailedLink, Person, Role
from permille.people.opening import end_all_sessions


def open_account(session: Session, row: MailedLink, name: str, country: str, consent: str) -> Person:
    """Make the account a mailed link was sent for, confirmed by following it. The caller commits.

    One that was made from a list is given to its owner. Raises `IntegrityError` when two links to one new
    address are pressed at once.
    """
    waiting = session.scalar(held(select(Person).where(Person.email == row.email), Person))
    is_there = waiting is not None and waiting.is_unclaimed
    person = waiting if waiting is not None and is_there else Person(email=row.email, affiliations=[])
    person.language, person.name, person.country = row.language, name, country
    person.consent_version = consent
    person.confirm()
    session.add(person)
    session.flush()
    row.person = person  # so that it is told and erased with the account, whatever the address is then
    index_person(session, person)
    audit.record(session, person, "person.confirmed", person, consent=consent)
    return person


def change_role(session: Session, by: Person | None, person: Person, role: Role) -> None:
    """Give a person another role and record who did it, if it is another. The caller commits."""
    if role == person.role:
        return
    before, person.role = person.role, role
    audit.record(session, by, "person.role_changed", person, before=before, after=role)
    if before == Role.PERSON:
        end_all_sessions(person)  # a role needs a longer password, which is asked for when they sign in
