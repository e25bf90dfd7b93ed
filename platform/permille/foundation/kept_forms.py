"""Forms kept over a sign-in: sent when the session had ended, given back to the same person on the same page.

The cookie holds a token and where the form belongs; the database holds the fields under the token's digest.
"""

import hashlib
import secrets
from typing import Any

from flask import g, request, session
from sqlalchemy import JSON, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from permille.foundation.database import Base, Session, db

COOKIE = "kept"
TOKEN = "csrf_token"  # noqa: S105 (the name of a field)


class KeptForm(Base):
    """The fields of one form that could not be taken; never passwords, tokens or files. Gone after a day."""

    __tablename__ = "kept_form"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    owner: Mapped[str] = mapped_column(String(64))
    fields: Mapped[dict[str, list[str]]] = mapped_column(JSON)


def keep_form(session_: Session, owner: str, page: str, secret: set[str]) -> bool:
    """Keep the fields of this request for `owner`, to be shown on `page` (2 statements, committed at once).

    `secret` names the fields that are never kept. Returns whether there was anything to keep.
    """
    drop_kept(session_)
    never = {TOKEN, *secret}
    fields = {name: values for name, values in request.form.lists() if name not in never}
    if not any(any(values) for values in fields.values()):
        return False
    token = secrets.token_urlsafe(32)
    session_.add(KeptForm(digest=_digest(token), owner=owner, fields=fields))
    session_.commit()
    session[COOKIE] = {"token": token, "page": _place(page), "action": _place(request.path)}
    return True


def kept_for(session_: Session, owner: str) -> dict[str, Any] | None:
    """Return what the cookie must go on carrying when `owner` signs in; anybody else's is dropped (1 statement)."""
    kept = session.get(COOKIE)
    if kept is None:
        return None
    of = session_.scalar(select(KeptForm.owner).where(KeptForm.digest == _digest(kept["token"])))
    if of == owner:
        return {COOKIE: kept}
    drop_kept(session_)
    return None


def kept_fields() -> MultiDict[str, str] | None:
    """Return what was kept for the page being shown, if anything was (1 statement, on that page only)."""
    kept = session.get(COOKIE)
    if kept is None or request.method != "GET" or kept["page"] != _place(request.path):
        return None
    if "kept_fields" not in g:
        query = select(KeptForm.fields).where(KeptForm.digest == _digest(kept["token"]))
        g.kept_fields = db.session.scalar(query)
    return MultiDict(g.kept_fields) if g.kept_fields else None


def is_given_back() -> bool:
    """Whether this page shows what was kept."""
    return bool(g.get("kept_fields"))


def settle_kept() -> None:
    """Forget what was kept when its form has been taken at last; the caller commits."""
    kept = session.get(COOKIE)
    if kept is not None and kept["action"] == _place(request.path):
        drop_kept(db.session)


def drop_kept(session_: Session) -> None:
    """Forget what this browser was keeping (1 statement at the most); the caller commits."""
    kept = session.pop(COOKIE, None)
    if kept is not None:
        session_.execute(delete(KeptForm).where(KeptForm.digest == _digest(kept["token"])))


def _place(path: str) -> str:
    """Return a page's address without its language and its query."""
    return path.partition("?")[0].lstrip("/").partition("/")[2]


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
