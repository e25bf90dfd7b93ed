"""Recording an organisation's standing."""

from typing import Any

from flask import Response, flash

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.days import end_of
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.models import Organisation, StandingState
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat.forms import StandingForm
from permille.secretariat.organisation_queries import organisation_by_id
from permille.secretariat.organisation_routes import show_organisation
from permille.secretariat.routes import secretariat


@secretariat.post("/organisations/<int:organisation_id>/")
def record_standing(organisation_id: int) -> Response:
    """Record a new standing with its evidence; the history stays."""
    person = signed_in()
    require(may_use_desk(person))
    one = found(organisation_by_id(db.session, within(organisation_id), to_change=True))
    form = StandingForm()
    if not form.is_in_order() or not form.refuse_unless_fits(one.kind):
        return show_organisation(one, form, status=422)
    step = {
        "state": StandingState(form.state.data),
        "evidence": form.evidence.data,
        "since": form.since.data,
        "until": end_of(form.until.data) if form.until.data else None,
    }
    if not _is_last(one, step):
        one.stand(step.pop("state"), person, **step)
        audit.record(db.session, person, "standing.recorded", one, state=form.state.data)
        db.session.commit()
    flash(_("The standing is recorded."))
    return go_to(link("secretariat.organisation", organisation_id=one.id))


def _is_last(one: Organisation, step: dict[str, Any]) -> bool:
    """Tell whether just this was recorded last: a form that is sent twice counts once."""
    last = one.last_standing
    return last is not None and all(getattr(last, name) == value for name, value in step.items())
