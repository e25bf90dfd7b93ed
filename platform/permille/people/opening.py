"""Opening and ending the sessions of people, in this browser and everywhere."""

from typing import Any

from flask import g, request, session
from flask_login import login_user, logout_user
from sqlalchemy import delete, update

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.kept_forms import drop_kept
from permille.foundation.links import link
from permille.people.arrivals import note_device
from permille.people.models import Person, SignedIn
from permille.people.models.sessions import digest_of
from permille.people.presence import Visitor, act_as, me, my_session, waiting
from permille.people.unsent import bring_unsent, carry_unsent


def onward(target: str) -> str:
    """Return where a sign-in goes on: to `target`, or first to its second step."""
    return link("people.sign_in_second", next=target) if waiting() else target


def sign_in(person: Person) -> None:
    """Open a session in place of the one before; only their own unsent work goes on. The caller commits.

    With a second step, the session waits for it, and until then nothing is brought into the account.
    """
    before = my_session() if me() == person else None
    waits = person.second_factor_at is not None and before is None
    kept = carry_unsent(person) if waits else bring_unsent(person)
    _end_session_here()
    row, token = SignedIn.open(person, request.user_agent.string)
    row.waits, row.proved_at = waits, before.proved_at if before else now()
    if waits:
        db.session.add(row)
        session.clear()
        session.update(kept, _user_id=token)
        g.waiting = row
        for known in ("_login_user", "actor"):  # whoever was signed in here before is not any more
            g.pop(known, None)
        return
    note_device(db.session, person, row.device)
    db.session.add(row)
    _enter(row, token, kept)


def complete(row: SignedIn) -> None:
    """Let a session that waited for its second step open what is its person's, under a new id. The caller commits."""
    kept = bring_unsent(row.person)
    note_device(db.session, row.person, row.device)  # while it waits, its device is none of theirs
    token, row.waits, row.proved_at = row.renew(), False, now()
    _enter(row, token, kept)


def believe(session_id: int) -> None:
    """Note that the owner of a session has just shown who they are (1 statement). The caller commits."""
    db.session.execute(update(SignedIn).where(SignedIn.id == session_id).values(proved_at=now()))


def _enter(row: SignedIn, token: str, kept: dict[str, Any]) -> None:
    session.clear()
    session.update(kept)
    login_user(Visitor(token, row))
    act_as(row.person)


def sign_out() -> None:
    """End the session for good: every copy of its cookie is worthless afterwards. The caller commits."""
    row = my_session()
    if row is not None:
        audit.record(db.session, row.person, "session.closed", row.person)
    _end_session_here()
    drop_kept(db.session)
    logout_user()
    session.clear()


def _end_session_here() -> None:
    token = session.get("_user_id")
    if token:
        db.session.execute(delete(SignedIn).where(SignedIn.digest == digest_of(token)))


def end_all_sessions(person: Person) -> None:
    """End every session of a person, on all devices, this one too. The caller commits."""
    db.session.execute(delete(SignedIn).where(SignedIn.person_id == person.id))


def sign_in_afresh(person: Person) -> None:
    """End every session of a person; if they are the one looking, go on under a new one. The caller commits."""
    reader = me()
    end_all_sessions(person)
    if reader is not None and reader.id == person.id:
        sign_in(person)


def forget_reader() -> None:
    """Empty this browser's cookie; the rows behind it are the caller's."""
    logout_user()
    session.clear()
