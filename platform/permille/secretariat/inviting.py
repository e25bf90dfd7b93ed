"""Reading a list of people to invite, one per line, and what is wrong with each."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.forms import can_be_address
from permille.foundation.languages import _, number
from permille.foundation.limits import take_back
from permille.foundation.turns import take_turn
from permille.people.models import MailedLink, Person, Purpose
from permille.people.queries import person_with
from permille.secretariat.fairness import INVITATIONS, INVITATIONS_TO_ONE
from permille.secretariat.letters import mail_invitation

OPEN = (MailedLink.purpose == Purpose.INVITATION, MailedLink.used_at.is_(None))
MOST = 50
ADDRESS = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")


@dataclass(frozen=True)
class Guest:
    """A line of the list: whom it names, and why no invitation can be sent to them, if so."""

    line: int
    email: str
    name: str
    problem: str = ""


def why_not(session: Session, email: str) -> str:
    """Say why an address cannot be invited; empty when it can (2 statements)."""
    waiting = select(MailedLink.id).where(*OPEN, MailedLink.email == email, MailedLink.expires_at > now())
    if person_with(session, email) is not None:
        return _("There is an account with this address already.")
    if session.scalar(waiting.limit(1)) is not None:
        return _("This address has an open invitation. Withdraw it to send a new one.")
    return ""


def invite(
    session: Session, by: Person, email: str, lang: str, name: str, organisation_id: int | None = None
) -> None:
    """Mail an invitation and record it; what is sent twice at once is sent and counted once. The caller commits."""
    take_turn(session, "invitation", email)
    if why_not(session, email):
        take_back(session, INVITATIONS, str(by.id))
        take_back(session, INVITATIONS_TO_ONE, email)
        return
    row = mail_invitation(session, by, email, lang, name, organisation_id)
    audit.record(session, by, "invitation.sent", row)


def said_lines(text: str) -> int:
    """Count the lines that say something."""
    return sum(bool(line.strip()) for line in text.splitlines())


def guests_of(session: Session, text: str) -> list[Guest]:
    """Read lines such as `name@example.org Amina Sow` or `Amina Sow <name@example.org>`, in any order.

    Costs 2 statements for each line with an address that is new on the list: hold the number of lines first.
    """
    seen: dict[str, int] = {}
    guests = []
    for line, said in enumerate(text.splitlines(), start=1):
        if said.strip():
            guests.append(_guest(session, line, said, seen))
            seen.setdefault(guests[-1].email, line)
    return guests


def _guest(session: Session, line: int, said: str, seen: dict[str, int]) -> Guest:
    found = ADDRESS.search(said)
    email = found[0].strip("\"'()").lower() if found else ""
    name = " ".join((said.replace(found[0], " ") if found else said).strip(" <>,;\t\"'").split())[:200]
    if not can_be_address(email):
        return Guest(line, email, name, _("Enter an e-mail address, for example name@example.org."))
    if email in seen:
        return Guest(line, email, name, _("the same address as in line %(line)s", line=number(seen[email])))
    return Guest(line, email, name, why_not(session, email))
