"""Making accounts from a list: they wait for their owners, who take them over by signing up."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, update

from permille.foundation import audit, mail
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.links import absolute, link
from permille.foundation.outbox import Job
from permille.notifications.models import Notification
from permille.objectives.models import Objective
from permille.people.models import Affiliation, MailedLink, Person, Purpose
from permille.sheets.lines import Line
from permille.vacancies.record import RecordEntry
from permille.vacancies.seats import SeatName, seat_facts

OF_AN_ACCOUNT = {
    "affiliation.person_id", "mailed_link.person_id", "notification.person_id", "outbox.person_id",
    "record_entry.subject_id", "sheet_row.made_person_id",
}  # fmt: skip
"""What an account that waits for its owner has from nobody but the list."""

AT_ONCE = 500
Guest = tuple[Person, Objective, SeatName]
"""Whom to invite, and what was entered of them."""


def make_accounts(session: Session, lines: Iterable[Line], by: Person) -> dict[int, Person]:
    """Make the accounts the lines need and return them by the number of the line. The caller commits.

    Nobody is mailed. Raises `IntegrityError` when somebody has signed up with such an address meanwhile.
    """
    made: dict[int, Person] = {}
    for line in lines:
        one = line.newcomer
        if one is None or one.person is not None:
            continue
        one.person = made[line.number] = Person(
            email=one.email, name=one.name, language=one.language, affiliations=[]
        )
        if one.organisation is not None:
            belongs = Affiliation(organisation=one.organisation, confirmed_at=now(), confirmed_by_id=by.id)
            one.person.affiliations.append(belongs)
    session.add_all(made.values())
    session.flush()
    for person in made.values():
        audit.record(session, by, "person.listed", person)
        if person.affiliation is not None:
            audit.record(session, by, "affiliation.confirmed", person.affiliation)
    return made


def drop_accounts(session: Session, people: Sequence[Person], by: Person) -> None:
    """Take accounts away that have nothing but `OF_AN_ACCOUNT` (6 statements per 500). The caller commits.

    What was said of them in a record goes with them; that something was said stays.
    """
    session.flush()
    for one in people:
        audit.record(session, by, "person.unlisted", one)
        session.expunge(one)
    for start in range(0, len(people), AT_ONCE):
        ids = [one.id for one in people[start : start + AT_ONCE]]
        said = update(RecordEntry).where(RecordEntry.subject_id.in_(ids)).values(said=None)
        theirs = [
            delete(one).where(one.person_id.in_(ids)) for one in (Affiliation, Job, MailedLink, Notification)
        ]
        for statement in (said, *theirs, delete(Person).where(Person.id.in_(ids))):
            session.execute(statement, execution_options={"synchronize_session": False})


def invite_all(session: Session, by: Person, guests: Iterable[Guest], *, is_candidate: bool) -> None:
    """Mail people whose accounts wait for them what was entered, and the link that gives it to them."""
    rows = [_invite(session, by, *guest, is_candidate=is_candidate) for guest in guests]
    session.flush()
    for row in rows:
        audit.record(session, by, "invitation.sent", row)


def _invite(
    session: Session, by: Person, person: Person, objective: Objective, name: SeatName, *, is_candidate: bool
) -> MailedLink:
    lang = person.language
    row, token = MailedLink.write(Purpose.INVITATION, person.email, lang, person, name=person.name, by=by.id)
    session.add(row)
    mail.send(
        session, person.email, lang, "listed", person_id=person.id, name=person.name, is_candidate=is_candidate,
        page=absolute(link("people.open_link", lang=lang, token=token)), **seat_facts(name, objective, lang),
    )  # fmt: skip
    return row
