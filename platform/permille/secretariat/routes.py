"""The desk: what waits for a decision, organisations and their standing, mail, and the audit log."""

from datetime import UTC, datetime, time

from flask import Blueprint, Response, abort, flash, request

from permille.foundation import audit
from permille.foundation.database import LARGEST_ID, db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import CHOICE, _
from permille.foundation.links import link
from permille.foundation.outbox import resend
from permille.foundation.permissions import require
from permille.people.models import StandingState
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat import queries
from permille.secretariat.forms import StandingForm, name_of
from permille.secretariat.letters import tell_affiliation

secretariat = Blueprint("secretariat", __name__, url_prefix=f"/<{CHOICE}:lang>/secretariat")


@secretariat.before_request
def _only_the_secretariat() -> None:
    require(may_use_desk(signed_in()))


@secretariat.get("/")
def desk() -> Response:
    """Show what waits for a decision, and who joined last."""
    return show(
        "secretariat/desk.html",
        affiliations=queries.claimed_affiliations(db.session),
        proposed=queries.proposed_count(db.session),
        jobs=queries.undelivered(db.session),
        newest=queries.newest_members(db.session),
        form=Form(),
    )


@secretariat.post("/affiliations/<int:affiliation_id>/confirm/")
def confirm_affiliation(affiliation_id: int) -> Response:
    """Confirm that a person belongs to an organisation."""
    person = signed_in()
    require(may_use_desk(person))
    affiliation = _within(affiliation_id) and queries.claimed_affiliation(db.session, affiliation_id)
    if not affiliation:
        abort(404)
    affiliation.confirm(person)
    audit.record(db.session, person, "affiliation.confirmed", affiliation)
    tell_affiliation(db.session, affiliation, "affiliation_confirmed")
    db.session.commit()
    flash(_("Confirmed. The person is told by mail."))
    return go_to(link("secretariat.desk"))


@secretariat.post("/affiliations/<int:affiliation_id>/decline/")
def decline_affiliation(affiliation_id: int) -> Response:
    """Decline an affiliation; the claim ends and the record stays."""
    person = signed_in()
    require(may_use_desk(person))
    affiliation = _within(affiliation_id) and queries.claimed_affiliation(db.session, affiliation_id)
    if not affiliation:
        abort(404)
    affiliation.end()
    audit.record(db.session, person, "affiliation.declined", affiliation)
    tell_affiliation(db.session, affiliation, "affiliation_declined")
    db.session.commit()
    flash(_("Declined. The person is told by mail."))
    return go_to(link("secretariat.desk"))


@secretariat.post("/mail/<int:job_id>/resend/")
def resend_mail(job_id: int) -> Response:
    """Let an undelivered mail try again."""
    person = signed_in()
    require(may_use_desk(person))
    job = _within(job_id) and queries.failed_job(db.session, job_id)
    if not job:
        abort(404)
    resend(job)
    audit.record(db.session, person, "mail.resent", job)
    db.session.commit()
    flash(_("The mail is on its way again."))
    return go_to(link("secretariat.desk"))


@secretariat.get("/organisations/")
def organisations() -> Response:
    """List organisations with their standing."""
    after = request.args.get("after", 0, type=int)
    rows = queries.organisations(db.session, after if _within(after) else abort(404))
    return show("secretariat/organisations.html", rows=rows, name_of=name_of, most=queries.PAGE)


@secretariat.get("/organisations/<int:organisation_id>/")
def organisation(organisation_id: int) -> Response:
    """Show an organisation's standing and its history."""
    found = _within(organisation_id) and queries.organisation_by_id(db.session, organisation_id)
    form = StandingForm(state=found.state if found else "")
    return show("secretariat/organisation.html", organisation=found or abort(404), form=form, name_of=name_of)


@secretariat.post("/organisations/<int:organisation_id>/")
def record_standing(organisation_id: int) -> Response:
    """Record a new standing with its evidence."""
    person = signed_in()
    require(may_use_desk(person))
    found = _within(organisation_id) and queries.organisation_by_id(db.session, organisation_id)
    if not found:
        abort(404)
    form = StandingForm()
    if not form.is_in_order():
        return show(
            "secretariat/organisation.html", status=422, organisation=found, form=form, name_of=name_of
        )
    day = form.until.data
    until = datetime.combine(day, time(23, 59), UTC) if day else None
    found.stand(StandingState(form.state.data), person, evidence=form.evidence.data, until=until)
    audit.record(db.session, person, "standing.recorded", found, state=form.state.data)
    db.session.commit()
    flash(_("The standing is recorded."))
    return go_to(link("secretariat.organisation", organisation_id=found.id))


@secretariat.get("/audit/")
def log() -> Response:
    """Show who did what, newest first."""
    before = request.args.get("before", 0, type=int)
    rows = queries.audit_entries(db.session, before if _within(before) else abort(404))
    return show("secretariat/audit.html", rows=rows, most=queries.PAGE)


def _within(number: int) -> bool:
    return 0 <= number <= LARGEST_ID
