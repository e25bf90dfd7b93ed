"""Public pages of people and organisations."""

from flask import Response, abort

from permille.foundation.database import LARGEST_ID, db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.links import link
from permille.people.queries import PAGE, people_of, public_organisation, public_person
from permille.people.routes import people, position


@people.get("/people/<int:person_id>/")
def person(person_id: int) -> Response:
    """Show what a person has published."""
    found = public_person(db.session, person_id) if person_id <= LARGEST_ID else None
    return show("people/person.html", person=found or abort(404))


@people.get("/organisations/<int:organisation_id>/")
def organisation(organisation_id: int) -> Response:
    """Show an organisation and its people, a page at a time."""
    found = public_organisation(db.session, organisation_id) if organisation_id <= LARGEST_ID else None
    if found is None:
        abort(404)
    if found.merged_into_id:
        return go_to(link("people.organisation", organisation_id=found.merged_into_id))
    listed = people_of(db.session, found.id, position())
    has_more = len(listed) > PAGE
    return show("people/organisation.html", organisation=found, people=listed[:PAGE], has_more=has_more)
