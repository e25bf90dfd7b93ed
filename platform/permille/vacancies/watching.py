"""Asking to be told when the call for a seat opens: on one's account, or by an address that is shown to be one's own."""

from sqlalchemy.exc import IntegrityError

from permille.foundation import mail
from permille.foundation.database import Session
from permille.foundation.links import absolute, link
from permille.objectives.models import Objective
from permille.people.models import MailedLink, Person, Purpose
from permille.vacancies.models import Watch
from permille.vacancies.queries import watch_of
from permille.vacancies.seats import SeatName, seat_facts


def watch(session: Session, objective: Objective, name: SeatName, person: Person) -> None:
    """Note that a person wants to be told; asking twice changes nothing. The caller commits."""
    _add(
        session,
        Watch(objective_id=objective.id, seat=name.slug, person_id=person.id, language=person.language),
    )


def watch_by_address(session: Session, objective: Objective, name: SeatName, email: str, lang: str) -> None:
    """Note the same for the owner of an address. The caller commits."""
    _add(session, Watch(objective_id=objective.id, seat=name.slug, email=email, language=lang))


def _add(session: Session, row: Watch) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # asked for already: the index lets one in
        return


def stop_watching(session: Session, objective: Objective, name: SeatName, person: Person) -> None:
    """Forget that a person wanted to be told. The caller commits."""
    row = watch_of(session, objective.id, name.slug, person_id=person.id)
    if row is not None:
        session.delete(row)


def ask_owner(session: Session, objective: Objective, name: SeatName, email: str, lang: str) -> None:
    """Mail the link that confirms that an address wants to be told. The caller commits."""
    row, token = MailedLink.write(Purpose.WATCH, email, lang, None, seat=name.key)
    session.add(row)
    page = absolute(link("people.open_link", token=token, lang=lang))
    mail.send(session, email, lang, "confirm_watch", page=page, **seat_facts(name, objective, lang))
