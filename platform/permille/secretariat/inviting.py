"""Inviting people by their addresses, and why somebody cannot be invited."""

from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.languages import _
from permille.foundation.limits import take_back
from permille.foundation.turns import take_turn
from permille.people.models import MailedLink, Person, Purpose
from permille.people.queries import owner_with
from permille.people.typed_addresses import TypedAddress, typed_addresses
from permille.secretariat.fairness import INVITATIONS, INVITATIONS_TO_ONE
from permille.secretariat.letters import mail_invitation

OPEN = (MailedLink.purpose == Purpose.INVITATION, MailedLink.used_at.is_(None))
MOST = 50


def why_not(session: Session, email: str) -> str:
    """Say why an address cannot be invited; empty when it can (2 statements)."""
    waiting = select(MailedLink.id).where(*OPEN, MailedLink.email == email, MailedLink.expires_at > now())
    if owner_with(session, email) is not None:
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


def guests_of(session: Session, text: str) -> list[TypedAddress]:
    """Read a list of people to invite, one per line, and say what is wrong with each.

    Costs 2 statements for each line with an address that is new on the list: hold the number of lines first.
    """
    return typed_addresses(text, lambda email: why_not(session, email))
