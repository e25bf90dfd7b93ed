"""Organisations on the desk: the list, the facts and names of one, and the list as a file."""

from typing import Any

from flask import Response, flash, request

from permille.foundation import audit, uploads
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.limits import hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.claims import index_organisation
from permille.people.fairness import EXPORTS
from permille.people.models import Organisation
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat import organisation_queries as queries
from permille.secretariat.finding import found, number, within, words
from permille.secretariat.forms import FactsForm, StandingForm
from permille.secretariat.importing import COLUMNS
from permille.secretariat.routes import secretariat


@secretariat.get("/organisations/")
def organisations() -> Response:
    """List organisations with their standing, by name or by what waits."""
    which = request.args.get("which", "")
    rows = queries.organisations(db.session, words(), which, language(), number("after"))
    return show(
        "secretariat/organisations.html",
        rows=rows,
        most=queries.PAGE,
        words=words(),
        which=which,
        form=Form(),
    )


@secretariat.get("/organisations/<int:organisation_id>/")
def organisation(organisation_id: int) -> Response:
    """Show an organisation with its facts and the history of its standing."""
    return show_organisation(_find(organisation_id))


@secretariat.get("/organisations/<int:organisation_id>/facts/")
def facts(organisation_id: int) -> Response:
    """Show the form for an organisation's names and facts."""
    one = _find(organisation_id)
    form = FactsForm(
        formdata=None,
        name=one.name,
        aliases="\n".join(one.aliases),
        kind=one.kind or "",
        country=one.country,
        website=one.website,
        is_accepted=one.accepted_at is not None,
    )
    return show("secretariat/facts.html", organisation=one, form=form)


@secretariat.post("/organisations/<int:organisation_id>/facts/")
def facts_now(organisation_id: int) -> Response:
    """Keep an organisation's names and facts; 409 when somebody else changed them meanwhile."""
    person = signed_in()
    require(may_use_desk(person))
    one, form = _find(organisation_id, to_change=True), FactsForm()
    if not form.is_in_order() or not form.refuse_unless_fits(one.state):
        return show("secretariat/facts.html", status=422, organisation=one, form=form)
    if form.version.data != str(one.version):
        return show("secretariat/facts.html", status=409, organisation=one, form=form, meanwhile=True)
    one.name, one.country = form.name.data, form.country.data
    one.kind, one.website = form.kind.data or None, form.website.data or ""
    one.aliases = form.names()
    if form.is_accepted.data:
        one.accepted_at = one.accepted_at or now()
    elif not one.is_valid():
        one.accepted_at = None
    index_organisation(db.session, one)
    audit.record(db.session, person, "organisation.changed", one)
    db.session.commit()
    flash(_("Saved."))
    return go_to(link("secretariat.organisation", organisation_id=one.id))


@secretariat.post("/organisations/file/")
def export_organisations() -> Response:
    """Return all organisations as a CSV file that can be imported again."""
    person = signed_in()
    require(may_use_desk(person))
    hold(EXPORTS, str(person.id))
    rows: list[Any] = []
    after = 0
    while batch := queries.organisations(db.session, "", "", language(), after):
        rows += [_cells(one) for one in batch]
        after = batch[-1].id
    audit.record(db.session, person, "organisation.exported", None, rows=len(rows))
    db.session.commit()
    response = Response(uploads.write_table(COLUMNS, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=organisations.csv"
    return response


def show_organisation(one: Organisation, form: StandingForm | None = None, status: int = 200) -> Response:
    """Show the page of an organisation, with the standing's form as it was sent or empty."""
    form = form or StandingForm(formdata=None, state=one.state)
    target = queries.organisation_by_id(db.session, one.merged_into_id) if one.merged_into_id else None
    return show("secretariat/organisation.html", status=status, organisation=one, form=form, target=target)


def _find(organisation_id: int, *, to_change: bool = False) -> Organisation:
    return found(queries.organisation_by_id(db.session, within(organisation_id), to_change=to_change))


def _cells(one: Organisation) -> tuple[Any, ...]:
    until = f"{one.state_until:%Y-%m-%d}" if one.state_until else ""
    return (one.name, one.country, one.kind or "", one.state, "", until, "|".join(one.aliases), one.website)
