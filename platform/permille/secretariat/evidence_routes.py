"""What shows an affiliation, as the Secretariat reads it before it decides; and asking for more."""

from flask import Response, flash

from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.decisions import ask
from permille.people.evidence import file_of
from permille.people.evidence_forms import QuestionForm
from permille.people.evidence_routes import send_claim_file
from permille.people.models import Affiliation
from permille.people.policy import may_confirm, may_use_desk
from permille.people.presence import signed_in
from permille.secretariat.affiliation_queries import affiliation_by_id
from permille.secretariat.routes import secretariat


@secretariat.get("/affiliations/<int:affiliation_id>/files/<int:file_id>/")
def claim_file(affiliation_id: int, file_id: int) -> Response:
    """Send a file that came with a claim, for as long as it waits."""
    claim = _find(affiliation_id, to_change=False)
    return send_claim_file(found(file_of(db.session, claim, within(file_id))))


@secretariat.get("/affiliations/<int:affiliation_id>/ask/")
def ask_for_evidence(affiliation_id: int) -> Response:
    """Ask what the person should show."""
    claim = _find(affiliation_id, to_change=False)
    return show("secretariat/evidence.html", affiliation=claim, form=QuestionForm(formdata=None))


@secretariat.post("/affiliations/<int:affiliation_id>/ask/")
def ask_for_evidence_now(affiliation_id: int) -> Response:
    """Ask a person to show that they belong to the organisation they named; the claim stays."""
    person, form = signed_in(), QuestionForm()
    require(may_use_desk(person))
    claim = _find(affiliation_id)
    require(may_confirm(person, claim))
    if not form.is_in_order():
        return show("secretariat/evidence.html", status=422, affiliation=claim, form=form)
    ask(db.session, claim, person, form.question.data or "")
    db.session.commit()
    flash(_("Asked. The person is told by mail."))
    return go_to(link("secretariat.affiliations"))


def _find(affiliation_id: int, *, to_change: bool = True) -> Affiliation:
    return found(affiliation_by_id(db.session, within(affiliation_id), to_change=to_change))
