"""Who belongs to an organisation: confirming, declining, ending it, and naming who may confirm for it."""

from typing import Any

from flask import Response, abort, flash, request

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.finding import found, number, within, words
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.decisions import confirm, decline, end
from permille.people.models import Affiliation, Contact
from permille.people.policy import may_confirm, may_use_desk
from permille.people.presence import signed_in
from permille.people.reasons import ReasonForm
from permille.secretariat import affiliation_queries as queries
from permille.secretariat.letters import tell_contact
from permille.secretariat.policy import may_rule_on
from permille.secretariat.routes import secretariat


@secretariat.get("/affiliations/")
def affiliations() -> Response:
    """List affiliations: those that wait, or those a search finds."""
    which = request.args.get("which", "")
    rows = queries.affiliations(db.session, words(), which, lang=language(), after=number("after"))
    context: dict[str, Any] = {"most": queries.PAGE, "words": words(), "which": which, "form": Form()}
    count = queries.waiting_count(db.session)
    return show("secretariat/affiliations.html", rows=rows, count=count, me_id=signed_in().id, **context)


@secretariat.post("/affiliations/<int:affiliation_id>/confirm/")
def confirm_affiliation(affiliation_id: int) -> Response:
    """Confirm that a person belongs to an organisation."""
    person = signed_in()
    require(may_use_desk(person))
    affiliation = _find(affiliation_id)
    require(may_confirm(person, affiliation))
    confirm(db.session, affiliation, person)
    db.session.commit()
    flash(_("Confirmed. The person is told by mail."))
    return _back()


@secretariat.get("/affiliations/<int:affiliation_id>/decline/")
def ask_to_decline(affiliation_id: int) -> Response:
    """Ask why a claim is declined."""
    affiliation = _find(affiliation_id, to_change=False)
    return _ask(affiliation, ReasonForm(formdata=None))


@secretariat.post("/affiliations/<int:affiliation_id>/decline/")
def decline_affiliation(affiliation_id: int) -> Response:
    """Decline an affiliation with its reason; the claim ends and the record stays. It may be claimed again."""
    person, form = signed_in(), ReasonForm()
    require(may_use_desk(person))
    affiliation = _find(affiliation_id)
    require(may_confirm(person, affiliation))
    if not form.is_in_order():
        return _ask(affiliation, form, status=422)
    decline(db.session, affiliation, person, form.reason.data or "")
    db.session.commit()
    flash(_("Declined. The person is told by mail."))
    return _back()


@secretariat.get("/affiliations/<int:affiliation_id>/end/")
def ask_to_end(affiliation_id: int) -> Response:
    """Ask why a confirmed affiliation ends."""
    return _ask(_find(affiliation_id, "confirmed", to_change=False), ReasonForm(formdata=None))


@secretariat.post("/affiliations/<int:affiliation_id>/end/")
def end_affiliation(affiliation_id: int) -> Response:
    """End a confirmed affiliation; the record stays, and the person is told why."""
    person, form = signed_in(), ReasonForm()
    require(may_use_desk(person))
    affiliation = _find(affiliation_id, "confirmed")
    require(may_confirm(person, affiliation))
    if not form.is_in_order():
        return _ask(affiliation, form, status=422)
    end(db.session, affiliation, person, form.reason.data or "")
    db.session.commit()
    flash(_("Ended. The person is told by mail."))
    return go_to(link("secretariat.person", person_id=affiliation.person_id))


@secretariat.post("/affiliations/<int:affiliation_id>/contact/")
def name_contact(affiliation_id: int) -> Response:
    """Let a person confirm who else belongs to their organisation."""
    person = signed_in()
    require(may_use_desk(person))
    affiliation = _find(affiliation_id, "confirmed")
    require(may_rule_on(person, affiliation.person))
    if affiliation.contact is not None:
        abort(409)
    affiliation.contacts.append(Contact(named_by_id=person.id))
    audit.record(db.session, person, "contact.named", affiliation)
    tell_contact(db.session, affiliation)
    db.session.commit()
    flash(_("Named. The person is told by mail."))
    return go_to(link("secretariat.person", person_id=affiliation.person_id))


@secretariat.post("/affiliations/<int:affiliation_id>/contact/end/")
def end_contact(affiliation_id: int) -> Response:
    """Let a person no longer confirm for their organisation; that they did stays on record."""
    person = signed_in()
    require(may_use_desk(person))
    affiliation = _find(affiliation_id, "confirmed")
    require(may_rule_on(person, affiliation.person))
    contact = affiliation.contact or abort(409)
    contact.ended_at = now()
    audit.record(db.session, person, "contact.ended", affiliation)
    db.session.commit()
    flash(_("Saved."))
    return go_to(link("secretariat.person", person_id=affiliation.person_id))


def _find(affiliation_id: int, which: str = "", *, to_change: bool = True) -> Affiliation:
    return found(queries.affiliation_by_id(db.session, within(affiliation_id), which, to_change=to_change))


def _ask(affiliation: Affiliation, form: ReasonForm, status: int = 200) -> Response:
    return show("secretariat/ending.html", status=status, affiliation=affiliation, form=form)


def _back() -> Response:
    # From the list one goes on with the list, from the desk with the desk.
    return go_to(
        link("secretariat.affiliations" if request.form.get("from") == "list" else "secretariat.desk")
    )
