"""Confirming and declining that somebody belongs to an organisation."""

from flask import Response, flash

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat import queries
from permille.secretariat.finding import found, within
from permille.secretariat.letters import tell_affiliation
from permille.secretariat.routes import secretariat


@secretariat.post("/affiliations/<int:affiliation_id>/confirm/")
def confirm_affiliation(affiliation_id: int) -> Response:
    """Confirm that a person belongs to an organisation."""
    person = signed_in()
    require(may_use_desk(person))
    affiliation = found(queries.claimed_affiliation(db.session, within(affiliation_id)))
    affiliation.confirm(person)
    audit.record(db.session, person, "affiliation.confirmed", affiliation)
    tell_affiliation(db.session, affiliation, "affiliation_confirmed")
    db.session.commit()
    flash(_("Confirmed. The person is told by mail."))
    return go_to(link("secretariat.desk"))


@secretariat.get("/affiliations/<int:affiliation_id>/decline/")
def ask_to_decline(affiliation_id: int) -> Response:
    """Ask before a claim is ended."""
    affiliation = found(queries.claimed_affiliation(db.session, within(affiliation_id), to_change=False))
    return show("secretariat/decline.html", affiliation=affiliation, form=Form())


@secretariat.post("/affiliations/<int:affiliation_id>/decline/")
def decline_affiliation(affiliation_id: int) -> Response:
    """Decline an affiliation; the claim ends and the record stays. The person may claim it again."""
    person = signed_in()
    require(may_use_desk(person))
    affiliation = found(queries.claimed_affiliation(db.session, within(affiliation_id)))
    affiliation.end()
    audit.record(db.session, person, "affiliation.declined", affiliation)
    tell_affiliation(db.session, affiliation, "affiliation_declined")
    db.session.commit()
    flash(_("Declined. The person is told by mail."))
    return go_to(link("secretariat.desk"))
