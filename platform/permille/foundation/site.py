"""The site's one row: what every page must know, read once per request.

`revision` counts the commits that may have changed a public page. An unchanged page is
answered 304 from it before any other work, and is never stale beyond the commit that changed it.
"""

from typing import Any

from flask import g
from sqlalchemy import Engine, Row, event, select, update
from sqlalchemy import orm as sqlalchemy_orm
from sqlalchemy.orm import Mapped, mapped_column

from permille.foundation.database import Base, Session, alone_on, db

ONLY = 1


class EmptyDatabase(RuntimeError):
    """The first migration has not run: there is no site."""

    def __init__(self) -> None:
        super().__init__("The database is empty: run `permille db upgrade` first.")


class Site(Base):
    """What holds for the whole site; there is one row, made by the first migration."""

    __tablename__ = "site"

    revision: Mapped[int] = mapped_column(default=1)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    contact: Mapped[str] = mapped_column(default="")


FACTS = select(Site.revision, Site.is_demonstration, Site.contact).where(Site.id == ONLY)

REVISION = select(Site.revision).where(Site.id == ONLY)


def site() -> Row[tuple[int, bool, str]]:
    """Return what every page must know: revision, is_demonstration, contact (1 statement, once per request)."""
    if "site" not in g:
        g.site = _known(db.session.execute(FACTS).one_or_none())
    return g.site  # type: ignore[no-any-return]


def glance() -> None:
    """Read the site's facts on a connection of their own, before any session is opened (1 statement).

    What is rendered afterwards can only be newer than the revision it is filed under.
    """
    with alone_on(db.engine).connect() as connection:
        g.site = _known(connection.execute(FACTS).one_or_none())


def revision(alone: Engine) -> int | None:
    """Return how far the public database has come (1 statement, on an engine of `alone_on`); none if it is empty."""
    with alone.connect() as connection:
        return connection.execute(REVISION).scalar_one_or_none()


def _known(row: Any) -> Any:
    if row is None:
        raise EmptyDatabase
    return row


def read_site(session: Session) -> Site:
    """Read the site's row (1 statement)."""
    row = session.scalar(select(Site).where(Site.id == ONLY))
    if row is None:
        raise EmptyDatabase
    return row


def set_contact(session: Session, address: str) -> None:
    """Publish the Secretariat's address; the caller commits."""
    row = read_site(session)
    row.contact = address
    session.info["public_change"] = True


def _notice(session: sqlalchemy_orm.Session, _context: Any, _instances: Any) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(getattr(row, "shown_publicly", False) for row in changed):
        session.info["public_change"] = True


def _count(session: sqlalchemy_orm.Session) -> None:
    session.flush()
    if session.in_nested_transaction():
        return
    # Last statement of the transaction, so that writers queue on this row as briefly as can be.
    if session.info.pop("public_change", False):
        session.execute(
            update(Site).where(Site.id == ONLY).values(revision=Site.revision + 1),
            execution_options={"synchronize_session": False},
        )


event.listen(sqlalchemy_orm.Session, "before_flush", _notice)
event.listen(sqlalchemy_orm.Session, "before_commit", _count)
