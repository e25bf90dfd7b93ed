"""The mails of a consultation: as they are sent, as they are looked at before, and as a test to oneself."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from permille.consultations.models import Consultation, Consultee
from permille.consultations.queries import to_invite, waited_for
from permille.foundation import mail
from permille.foundation.database import Session
from permille.foundation.days import end_of
from permille.foundation.isolation import isolated
from permille.foundation.languages import _l
from permille.foundation.links import absolute, link
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import MailedLink, Person, Purpose
from permille.vacancies.seats import SeatName, seat_facts

GRACE = timedelta(days=30)
"""How long after the last day a mailed link still takes an answer, marked as late."""
ASKED, REMINDED = "consultation_asked", "consultation_reminder"


def write_to(
    session: Session, consultee: Consultee, one: Consultation, objective: Objective, kind: str
) -> None:
    """Write to one consultee: to an account, or with a new link to an address."""
    lang = consultee.reads
    facts = facts_of(one, objective, lang)
    if consultee.person is not None:
        where = {"consultee_id": consultee.id}
        job = tell(session, consultee.person, kind, "consultations.consultee", where, has_link=False, **facts)
    else:
        row, token = MailedLink.write(
            Purpose.CONSULTATION, consultee.email or "", lang, None,
            until=end_of(one.last_day + GRACE), consultee=consultee.id,
        )  # fmt: skip
        session.add(row)
        page = absolute(link("people.open_link", token=token, lang=lang))
        job = mail.send(
            session, consultee.email or "", lang, kind, name=consultee.name, page=page, has_link=True, **facts
        )
    session.flush()
    consultee.job_id = job.id


def facts_of(one: Consultation, objective: Objective, lang: str) -> dict[str, Any]:
    """Return what the mails of a consultation say, for a reader of a language.

    `written_in` is the language of the question where it has been left empty in the reader's.
    """
    told = one.question.told_in(lang)
    return {
        **seat_facts(SeatName(objective.code, one.vacancy.region), objective, lang),
        "question": isolated(told.text, told.lang, within=lang),
        "written_in": told.lang if told.is_missing else "",
        "last_day": one.last_day,
        "link_day": one.last_day + GRACE,
    }


@dataclass(frozen=True)
class Letter:
    """A mail as it would be sent in one language, and to how many; `lacks_question` if that is in another one."""

    lang: str
    readers: int
    subject: str
    body: str
    lacks_question: bool


def letters(session: Session, one: Consultation, objective: Objective, page: str, kind: str) -> list[Letter]:
    """Write the invitations or reminders as they would be sent now, one per language of their readers (1 statement)."""
    readers = to_invite(session, one.id) if kind == ASKED else waited_for(session, one.id)
    by_language: dict[str, int] = {}
    for consultee in readers:
        by_language[consultee.reads] = by_language.get(consultee.reads, 0) + 1
    written = []
    for lang, count in sorted(by_language.items()):
        facts = {"name": "…", "page": page, "has_link": True, **facts_of(one, objective, lang)}
        lacks_question = not one.question.has(lang)
        written.append(Letter(lang, count, *mail.written(lang, kind, **facts), lacks_question))
    return written


def send_test(
    session: Session, to: Person, one: Consultation, objective: Objective, page: str, kind: str
) -> int:
    """Mail the invitations or reminders to the one who sends them, as they would be sent. The caller commits."""
    langs = [letter.lang for letter in letters(session, one, objective, page, kind)]
    for lang in langs:
        facts = {"name": to.name, "page": page, "has_link": True, **facts_of(one, objective, lang)}
        mail.send(session, to.email, lang, kind, person_id=to.id, zone=to.zone, **facts)
    return len(langs)


declare(ASKED, _l("You are asked about candidates for an office of Task Force %(code)s."), "code")
declare(REMINDED, _l("Your answer about candidates of Task Force %(code)s is still awaited."), "code")
