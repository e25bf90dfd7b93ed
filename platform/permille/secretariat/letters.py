"""The mails of the desk."""

from sqlalchemy import update

from permille.foundation import mail
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.languages import _l
from permille.foundation.links import absolute, link
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.people.decisions import tell_about
from permille.people.models import Affiliation, MailedLink, Person, Purpose


def tell_contact(session: Session, affiliation: Affiliation) -> None:
    """Tell a person that they may confirm who belongs to their organisation."""
    tell_about(session, affiliation, "contact_named")


def tell_rejection(session: Session, affiliation: Affiliation, reason: str) -> None:
    """Tell a person that the organisation they proposed is not taken up, and why."""
    tell_about(session, affiliation, "proposal_rejected", reason=reason)


def tell_person(session: Session, person: Person, kind: str, **facts: str) -> None:
    """Tell a person what the Secretariat decided about their account."""
    tell(session, person, kind, "portals.help", **facts)


def mail_invitation(
    session: Session, by: Person, email: str, lang: str, name: str, organisation_id: int | None
) -> MailedLink:
    """Invite somebody who has no account; the text is ours, so that nobody can send words of their own.

    Earlier invitations to the address that have expired are spent by it.
    """
    session.execute(
        update(MailedLink)
        .where(MailedLink.purpose == Purpose.INVITATION, MailedLink.email == email)
        .where(MailedLink.used_at.is_(None), MailedLink.expires_at < now())
        .values(used_at=now(), payload={})
    )
    row, token = MailedLink.write(
        Purpose.INVITATION, email, lang, name=name, organisation_id=organisation_id, by=by.id
    )
    session.add(row)
    session.flush()
    page = absolute(link("people.open_link", lang=lang, token=token))
    mail.send(session, email, lang, "invitation", page=page)
    return row


declare(
    "contact_named",
    _l("You are a contact of %(organisation)s: you can confirm who belongs to it."),
    "organisation",
)
declare("proposal_rejected", _l("%(organisation)s could not be taken up as an organisation."), "organisation")
declare("role_changed", _l("The Executive Secretariat has changed your role on this platform."))
declare("suspended", _l("The Executive Secretariat has suspended your account."))
declare("let_in", _l("Your account is open again."))
