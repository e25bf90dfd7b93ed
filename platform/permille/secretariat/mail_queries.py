"""Mail that could not be delivered, or not yet: what happened, said plainly, and whether its link still works."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from permille.foundation.database import Session, held
from permille.foundation.languages import _l
from permille.foundation.outbox import Job
from permille.people.models import MailedLink
from permille.people.models.sessions import digest_of

PAGE = 50
TOKEN = re.compile(r"/link/([\w-]{20,})/")
RAISED = re.compile(r"^[A-Za-z_.]+: ")
REASONS = {
    r"\b55[0134]\b": _l("There is no such mailbox, or it refuses our mail."),
    r"\b[45]52\b|\b422\b": _l("The mailbox is full."),
    r"Timeout|Refused|gaierror|Disconnected|ConnectError|OSError|Connection": _l(
        "The mail server cannot be reached."
    ),
    r"Authentication|\b53[05]\b": _l("The mail server does not accept our password."),
    r"\b4\d\d\b": _l("The other side cannot take it now."),
}
OTHERWISE = _l("The mail could not be handed over.")


@dataclass(frozen=True)
class Undelivered:
    """A mail that did not arrive: to whom, since when, why, and what became of the link in it."""

    job: Job
    link: MailedLink | None
    has_link: bool

    @property
    def is_dead(self) -> bool:
        """Whether its link has expired or been used, so that sending it again would help nobody."""
        return self.has_link and (self.link is None or not self.link.is_usable)

    @property
    def is_correctable(self) -> bool:
        """Whether it went to an address that is nobody's account, so that the address may be mended."""
        return self.job.person_id is None and not self.is_dead

    @property
    def reason(self) -> object:
        """Why, in plain words."""
        said = self.job.error or ""
        return next((words for pattern, words in REASONS.items() if re.search(pattern, said)), OTHERWISE)

    @property
    def answer(self) -> str:
        """What the other side said, word for word."""
        return RAISED.sub("", self.job.error or "")

    @property
    def next_try(self) -> datetime | None:
        """When it is tried again; None once it is given up."""
        return None if self.job.failed_at else self.job.run_at


def failed() -> ColumnElement[bool]:
    """Ask whether a mail was given up."""
    return Job.failed_at.is_not(None)


def retrying() -> ColumnElement[bool]:
    """Ask whether a mail failed and will be tried again."""
    return and_(Job.failed_at.is_(None), Job.done_at.is_(None), Job.error.is_not(None))


def count(session: Session, which: ColumnElement[bool]) -> int:
    """Count mails (1 statement)."""
    return session.scalar(select(func.count(Job.id)).where(which)) or 0


def undelivered(session: Session, which: ColumnElement[bool], after: int = 0) -> list[Undelivered]:
    """List mails after an id, oldest first, with their links (2 statements)."""
    query = select(Job).where(which, Job.id > after).order_by(Job.id).limit(PAGE)
    return _with_links(session, list(session.scalars(query)))


def failed_mail(session: Session, job_id: int) -> Undelivered | None:
    """Find and hold one mail that was given up (2 statements)."""
    job = session.scalar(held(select(Job).where(Job.id == job_id, failed()), Job))
    return _with_links(session, [job])[0] if job is not None else None


def _with_links(session: Session, jobs: list[Job]) -> list[Undelivered]:
    digests = {
        job.id: digest_of(found[1])
        for job in jobs
        if "author" not in job.payload and (found := TOKEN.search(job.payload.get("body", "")))
    }
    query = select(MailedLink).where(MailedLink.digest.in_(digests.values()))
    known = {row.digest: row for row in session.scalars(query)} if digests else {}
    return [Undelivered(job, known.get(digests.get(job.id, b"")), job.id in digests) for job in jobs]
