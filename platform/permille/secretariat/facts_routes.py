"""Names and facts of an organisation: changing them, and adding an organisation."""

from typing import Any

from flask import Response, flash

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.claims import index_organisation, organisations_named
from permille.people.models import Organisation
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat.forms import FactsForm
from permille.secretariat.organisation_routes import find_organisation
from permille.secretariat.routes import secretariat


@secretariat.get("/organisations/new/")
def new_organisation() -> Response:
    """Show the form for an organisation that is not there yet."""
    return _show(None, FactsForm(formdata=None, is_accepted=True))


@secretariat.post("/organisations/new/")
def new_organisation_now() -> Response:
    """Add an organisation; 409 when one of that name is there and nobody has said that this is another."""
    person = signed_in()
    require(may_use_desk(person))
    form = FactsForm()
    if not form.is_in_order():
        return _show(None, form, status=422)
    alike = _alike(form)
    if alike and not form.is_another.data:
        return _show(None, form, status=409, alike=alike)
    one = Organisation(standings=[])
    _keep(one, form)
    audit.record(db.session, person, "organisation.added", one)
    db.session.commit()
    flash(_("The organisation is added."))
    return go_to(link("secretariat.organisation", organisation_id=one.id))


@secretariat.get("/organisations/<int:organisation_id>/facts/")
def facts(organisation_id: int) -> Response:
    """Show the form for an organisation's names and facts."""
    one = find_organisation(organisation_id)
    form = FactsForm(
        formdata=None,
        name=one.name,
        aliases="\n".join(one.aliases),
        kind=one.kind or "",
        country=one.country,
        website=one.website,
        is_accepted=one.accepted_at is not None,
    )
    return _show(one, form)


@secretariat.post("/organisations/<int:organisation_id>/facts/")
def facts_now(organisation_id: int) -> Response:
    """Keep names and facts; 409 when somebody else changed them meanwhile, or another bears the new name."""
    person = signed_in()
    require(may_use_desk(person))
    one, form = find_organisation(organisation_id, to_change=True), FactsForm()
    if not form.is_in_order() or not form.refuse_unless_fits(one.state):
        return _show(one, form, status=422)
    if form.version.data != str(one.version):
        return _show(one, form, status=409, meanwhile=True)
    is_renamed = (one.name, one.country) != (form.name.data, form.country.data)
    alike = [other for other in _alike(form) if other.id != one.id and other.country == form.country.data]
    if is_renamed and alike and not form.is_another.data:
        return _show(one, form, status=409, alike=alike)
    _keep(one, form)
    audit.record(db.session, person, "organisation.changed", one)
    db.session.commit()
    flash(_("Saved."))
    return go_to(link("secretariat.organisation", organisation_id=one.id))


def _show(one: Organisation | None, form: FactsForm, status: int = 200, **more: Any) -> Response:
    return show("secretariat/facts.html", status=status, organisation=one, form=form, **more)


def _alike(form: FactsForm) -> list[Organisation]:
    found = [one for name in (form.name.data, *form.names()) for one in organisations_named(db.session, name)]
    return list(dict.fromkeys(found))


def _keep(one: Organisation, form: FactsForm) -> None:
    one.name, one.country = form.name.data, form.country.data
    one.kind, one.website = form.kind.data or None, form.website.data or ""
    one.aliases = form.names()
    if form.is_accepted.data:
        one.accepted_at = one.accepted_at or now()
    elif not one.is_valid:
        one.accepted_at = None
    db.session.add(one)
    db.session.flush()
    index_organisation(db.session, one)
