"""The mails of the desk."""

from typing import Any

from sqlalchemy import update

from permille.foundation import mail
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.links import absolute, link
from permille.people.models import Affiliation, MailedLink, Person, Purpose


def tell_contact(session: Session, affiliation: Affiliation) -> None:
    """Tell a person, in their language, that they may confirm who belongs to their organisation."""
    _tell(session, affiliation, "contact_named")


def tell_rejection(session: Session, affiliation: Affiliation, reason: str) -> None:
    """Tell a person, in their language, that the organisation they proposed is not taken up, and why."""
    _tell(session, affiliation, "proposal_rejected", reason=reason)


def _tell(session: Session, affiliation: Affiliation, template: str, **context: Any) -> None:
    person = affiliation.person
    page = absolute(link("people.mine", lang=person.language))
    context |= {"name": person.name, "organisation": affiliation.organisation.name, "page": page}
    mail.send(session, person.email, person.language, template, person_id=person.id, **context)


def tell_person(session: Session, person: Person, template: str, **context: Any) -> None:
    """Tell a person, in their language, what the Secretariat decided about their account."""
    context["page"] = absolute(link("portals.help", lang=person.language))
    mail.send(
        session, person.email, person.language, template, person_id=person.id, name=person.name, **context
    )


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
