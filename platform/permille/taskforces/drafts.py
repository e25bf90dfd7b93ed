"""Drafts of join forms: a person's follow them to other devices, a visitor's stays with their browser."""

import secrets

from flask import session as cookie
from sqlalchemy import select

from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.models.sessions import digest_of
from permille.taskforces.models import JoinDraft
from permille.taskforces.queries import draft_of

COOKIE = "drafts"


def find_draft(session: Session, person: Person | None, objective: Objective) -> JoinDraft | None:
    """Find what was typed for this task force and not sent."""
    if person is not None:
        return draft_of(session, objective.id, person.id)
    token = _token()
    if token is None:
        return None
    return session.scalar(select(JoinDraft).where(JoinDraft.visitor == _key(token, objective)))


def keep_draft(session: Session, person: Person | None, objective: Objective, contribution: str) -> JoinDraft:
    """Keep what was typed; the caller commits."""
    draft = find_draft(session, person, objective)
    if draft is None:
        draft = JoinDraft(objective_id=objective.id, identity={})
        if person is not None:
            draft.person_id = person.id
        else:
            draft.visitor = _key(_token(make=True) or "", objective)
        session.add(draft)
    draft.contribution, draft.changed_at = contribution[:4000], now()
    return draft


def _token(*, make: bool = False) -> str | None:
    if make and COOKIE not in cookie:
        cookie[COOKIE] = secrets.token_urlsafe(24)
    return cookie.get(COOKIE)


def _key(token: str, objective: Objective) -> bytes:
    return digest_of(f"{token}:{objective.code}")
