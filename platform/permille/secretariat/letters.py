"""The mails of the desk."""

from permille.foundation import mail
from permille.foundation.database import Session
from permille.foundation.links import absolute, link
from permille.people.models import Affiliation


def tell_affiliation(session: Session, affiliation: Affiliation, template: str) -> None:
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
    )
