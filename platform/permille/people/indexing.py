"""Keeping listed people findable: in the index while they are listed, out of it when they are not."""

from permille.foundation import search
from permille.foundation.database import Session
from permille.people.models import Person


def index_person(session: Session, person: Person) -> None:
    """Put a person everyone may see into the search index by name, or take them out of it."""
    if person.is_public and person.name:
        search.put(session, "person", person.id, {"": person.name})
    else:
        search.take(session, "person", person.id)
