"""Signing in on a device: a sign-in is recorded with the kind of its browser, and one from a new kind is told to its owner."""

from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.audit import AuditEntry
from permille.foundation.database import Session
from permille.people.devices import family
from permille.people.letters import mail_new_device
from permille.people.models import Person, SignedIn

OPENED = "session.opened"
REMEMBERED = 200
"""How many of somebody's last sign-ins are looked at."""


def note_device(session: Session, person: Person, device: str) -> None:
    """Record a sign-in, and mail its owner when the device is new to them (3 statements). The caller commits.

    Of the very first sign-in nobody is told: everything is new then.
    """
    session.flush()
    known, present = _known_families(session, person), family(device)
    audit.record(session, person, OPENED, person, device=present)
    if known and present not in known:
        mail_new_device(session, person, present)


def _known_families(session: Session, person: Person) -> set[str]:
    acts = (
        select(AuditEntry.details)
        .where(AuditEntry.actor_id == person.id, AuditEntry.action == OPENED)
        .order_by(AuditEntry.id.desc())
        .limit(REMEMBERED)
    )
    here = select(SignedIn.device).where(SignedIn.person_id == person.id, ~SignedIn.waits)
    return {str(details.get("device", "-")) for details in session.scalars(acts)} | {
        family(device) for device in session.scalars(here)
    }
