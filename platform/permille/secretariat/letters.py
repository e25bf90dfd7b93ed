"""The mails of the desk."""

from typing import Any

from permille.foundation import mail
from permille.foundation.database import Session
from permille.foundation.links import absolute, link
from permille.people.models import Affiliation, MailedLink, Person, Purpose


def tell_affiliation(session: Session, affiliation: Affiliation, template: str, **context: Any) -> None:
    """Tell a person, in their language, what was decided about their affiliation."""
    person = affiliation.person
    mail.send(
        session,
        person.email,
        person.language,
        template,
        person_id=person.id,
        name=person.name,
        organisation=affiliation.organisation.name,
        page=absolute(link("people.mine", lang=person.language)),
        **context,
    )


def tell_person(session: Session, person: Person, template: str, **context: Any) -> None:
    """Tell a person, in their language, what the Secretariat decided about their account."""
    context["page"] = absolute(link("portals.help", lang=person.language))
    mail.send(
        session, person.email, person.language, template, person_id=person.id, name=person.name, **context
    )


def mail_invitation(
    session: Session, by: Person, email: str, lang: str, name: str, organisation_id: int | None
) -> MailedLink:
    """Invite somebody who has no account; the text is ours, so that nobody can send words of their own."""
    row, token = MailedLink.write(
        Purpose.INVITATION, email, lang, name=name, organisation_id=organisation_id, by=by.id
    )
    session.add(row)
    session.flush()
    page = absolute(link("people.open_link", lang=lang, token=token))
    mail.send(session, email, lang, "invitation", page=page)
    return row
