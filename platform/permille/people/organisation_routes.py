"""Saying which organisation one belongs to: searched by any of its names, proposed when unknown, or none."""

from typing import Any

from flask import Response, abort, flash, request

from permille.foundation.database import LARGEST_ID, db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.limits import hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people import claims
from permille.people.evidence_routes import back, onward
from permille.people.fairness import PROPOSALS
from permille.people.forms import OrganisationForm, ProposalForm
from permille.people.listing import Part
from permille.people.models import Organisation, Person
from permille.people.policy import may_edit_own
from permille.people.presence import signed_in
from permille.people.routes import people
from permille.regions.countries import choices_in, names_in

MOST_LETTERS = 200
NONE = "none"


@people.get("/me/organisation/")
def my_organisation() -> Response:
    """Search for one's organisation (2 statements for the search)."""
    signed_in()
    return _choose(OrganisationForm(formdata=None))


@people.post("/me/organisation/")
def my_organisation_now() -> Response:
    """Claim the chosen organisation, or none; then one can show that it is so."""
    person = signed_in()
    require(may_edit_own(person))
    form = OrganisationForm()
    if not form.is_in_order():
        return _choose(form, status=422)
    if form.organisation.data == NONE:
        claims.take_part_alone(db.session, person)
        db.session.commit()
        flash(_("Saved: you take part without an organisation."))
        return go_to(back())
    claims.claim(db.session, person, _chosen(form.organisation.data))
    db.session.commit()
    flash(_("Saved. Your organisation is shown to others once it is confirmed."))
    return _go_on(person)


@people.get("/me/organisation/propose/")
def propose_organisation() -> Response:
    """Show the form for an organisation nobody has named before."""
    person = signed_in()
    form = ProposalForm(formdata=None, name=_wanted(), country=_country() or person.country)
    return _propose(form)


@people.post("/me/organisation/propose/")
def propose_organisation_now() -> Response:
    """Propose an organisation and claim it; one that is known by that name is claimed instead."""
    person = signed_in()
    require(may_edit_own(person))
    form = ProposalForm()
    if not form.is_in_order():
        return _propose(form, status=422)
    hold(PROPOSALS, str(person.id))
    name, country, website = form.name.data, form.country.data, form.website.data or ""
    claims.hold_name(db.session, name, country)
    known = claims.recognise(db.session, name, country)
    if known.here is None and known.elsewhere and not form.is_another.data:
        return _propose(form, status=409, elsewhere=known.elsewhere)
    claims.claim_or_propose(db.session, person, known.here, name, country, website)
    db.session.commit()
    flash(_("Saved. The Executive Secretariat will look at it."))
    return _go_on(person)


def _go_on(person: Person) -> Response:
    held = person.affiliation
    if held is not None and held.waits:
        return go_to(link("people.claim_evidence", next=onward()))
    return go_to(back())


def _choose(form: OrganisationForm, status: int = 200) -> Response:
    words, country = _wanted(), _country()
    after = request.args.get("after", 0, type=int)
    found = Part([], 0, has_more=False)
    if words and 0 <= after <= LARGEST_ID:
        found = claims.organisations_like(db.session, signed_in(), words, language(), country, after)
    alone = (NONE, _("I take part without an organisation"))
    form.organisation.choices = [*((str(one.id), one.name) for one in found.rows), alone]
    return show(
        "people/my_organisation.html",
        fragment="people/_organisations.html",
        status=status,
        form=form,
        words=words,
        country=country,
        countries=choices_in(language()),
        found=found,
        onward=onward(),
    )


def _propose(form: ProposalForm, status: int = 200, **known: Any) -> Response:
    return show("people/propose.html", status=status, form=form, onward=onward(), **known)


def _country() -> str:
    wanted = request.args.get("country", "")
    return wanted if wanted in names_in(language()) else ""


def _wanted() -> str:
    return " ".join(request.args.get("q", "").replace("\0", "").split())[:MOST_LETTERS]


def _chosen(value: str) -> Organisation:
    is_id = value.isascii() and value.isdigit() and int(value) <= LARGEST_ID
    wanted = int(value) if is_id else 0
    return claims.organisation_to_claim(db.session, signed_in(), wanted) or abort(404)
