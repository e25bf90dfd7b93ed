"""Drafts of join forms: a person's follow them to other devices, a visitor's stays with their browser."""

import secrets

from flask import session as cookie
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import Session, db
from permille.foundation.turns import take_turn
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.models.sessions import digest_of
from permille.taskforces.models import LONGEST_DRAFT, JoinDraft
from permille.taskforces.queries import draft_of, membership_of

COOKIE = "drafts"


def hold_draft(session: Session, person: Person | None, objective: Objective) -> JoinDraft | None:
    """Find the same and keep other tabs from it until the transaction ends."""
    take_turn(session, "draft", objective.id, person.id if person else _token())
    draft = find_draft(session, person, objective)
    if draft is not None:
        session.refresh(draft)
    return draft


def find_draft(session: Session, person: Person | None, objective: Objective) -> JoinDraft | None:
    """Find what was typed for this task force and not sent."""
    if person is not None:
        return draft_of(session, objective.id, person.id)
    token = _token()
    if token is None:
        return None
    return session.scalar(select(JoinDraft).where(JoinDraft.visitor == _key(token, objective.code)))


def keep_draft(
    session: Session, person: Person | None, objective: Objective, role: str, contribution: str
) -> JoinDraft:
    """Keep what was typed; the caller commits."""
    draft = hold_draft(session, person, objective)
    if draft is None:
        draft = JoinDraft(objective_id=objective.id, identity={})
        if person is not None:
            draft.person_id = person.id
        else:
            draft.visitor = _key(_token(make=True) or "", objective.code)
        session.add(draft)
    draft.role, draft.contribution, draft.changed_at = role, contribution[:LONGEST_DRAFT], now()
    return draft


def adopt_drafts(person: Person) -> None:
    """Make what a visitor typed here theirs when they sign in (2 statements, 2 more for each; the caller commits)."""
    token = _token()
    if token is None:
        return
    keys = [_key(token, code) for code in db.session.scalars(select(Objective.code))]
    for draft in list(db.session.scalars(select(JoinDraft).where(JoinDraft.visitor.in_(keys)))):
        _adopt(person, draft)


def _adopt(person: Person, draft: JoinDraft) -> None:
    take_turn(db.session, "draft", draft.objective_id, person.id)
    own = draft_of(db.session, draft.objective_id, person.id)
    is_older = own is not None and bool(own.contribution) and own.changed_at > draft.changed_at
    if is_older or membership_of(db.session, draft.objective_id, person.id):
        db.session.delete(draft)
        return
    if own is not None:
        db.session.delete(own)
        db.session.flush()
    draft.person_id, draft.visitor, draft.identity = person.id, None, {}


def _token(*, make: bool = False) -> str | None:
    if make and COOKIE not in cookie:
        cookie[COOKIE] = secrets.token_urlsafe(24)
    return cookie.get(COOKIE)


def _key(token: str, code: str) -> bytes:
    return digest_of(f"{token}:{code}")
