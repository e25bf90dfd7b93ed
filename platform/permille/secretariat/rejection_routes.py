"""Rejecting an organisation somebody proposed."""

from flask import Response, abort, flash

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.models import Organisation, StandingState
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat.forms import RejectionForm
from permille.secretariat.letters import tell_rejection
from permille.secretariat.organisation_queries import affiliations_of
from permille.secretariat.organisation_routes import find_organisation
from permille.secretariat.routes import secretariat


@secretariat.get("/organisations/<int:organisation_id>/reject/")
def reject(organisation_id: int) -> Response:
    """Ask for the reason."""
    return _show(_proposal(organisation_id), RejectionForm(formdata=None))


@secretariat.post("/organisations/<int:organisation_id>/reject/")
def reject_now(organisation_id: int) -> Response:
    """Reject a proposal: claims to it end, and whoever made them is told why."""
    person = signed_in()
    require(may_use_desk(person))
    one, form = _proposal(organisation_id, to_change=True), RejectionForm()
    if not form.is_in_order():
        return _show(one, form, status=422)
    one.stand(StandingState.WITHDRAWN, person, evidence=form.reason.data)
    for affiliation in affiliations_of(db.session, one, most=None):
        affiliation.end(person, form.reason.data)
        tell_rejection(db.session, affiliation, form.reason.data)
    audit.record(db.session, person, "organisation.rejected", one)
    db.session.commit()
    flash(_("Rejected. Who proposed it is told by mail."))
    return go_to(link("secretariat.organisation", organisation_id=one.id))


def _proposal(organisation_id: int, *, to_change: bool = False) -> Organisation:
    one = find_organisation(organisation_id, to_change=to_change)
    return one if one.is_proposal else abort(409)


def _show(one: Organisation, form: RejectionForm, status: int = 200) -> Response:
    return show("secretariat/organisation_reject.html", status=status, organisation=one, form=form)
