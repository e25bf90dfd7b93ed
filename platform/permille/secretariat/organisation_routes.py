"""Organisations on the desk: the list, the page of one, and the list as a file."""

from flask import Response, request

from permille.foundation import audit, uploads
from permille.foundation.database import db
from permille.foundation.finding import found, number, within, words
from permille.foundation.forms import Form
from permille.foundation.hypermedia import show
from permille.foundation.languages import language
from permille.foundation.limits import hold
from permille.foundation.permissions import require
from permille.people.fairness import EXPORTS
from permille.people.models import Organisation
from permille.people.policy import may_use_desk
from permille.people.presence import require_fresh, signed_in
from permille.people.words import KINDS, STATES
from permille.regions.countries import choices_in
from permille.secretariat import organisation_queries as queries
from permille.secretariat.forms import StandingForm
from permille.secretariat.organisation_queries import Wanted
from permille.secretariat.routes import secretariat
from permille.secretariat.table import COLUMNS, cells_of


def sought() -> Wanted:
    """Return what the address narrows a list of organisations to."""
    which, country, kind = (request.args.get(name, "") for name in ("which", "country", "kind"))
    return Wanted(words(), which, country, kind)


@secretariat.get("/organisations/")
def organisations() -> Response:
    """List organisations with their standing, by name or by what waits."""
    wanted = sought()
    found_ones = queries.organisations(db.session, wanted, language(), number("after"))
    return show(
        "secretariat/organisations.html",
        found=found_ones,
        wanted=wanted,
        countries=choices_in(language()),
        kinds=KINDS.items(),
        states=STATES.items(),
        form=Form(),
    )


@secretariat.get("/organisations/<int:organisation_id>/")
def organisation(organisation_id: int) -> Response:
    """Show an organisation with its facts and the history of its standing."""
    return show_organisation(find_organisation(organisation_id))


@secretariat.post("/organisations/file/")
def export_organisations() -> Response:
    """Return all organisations as a CSV file that can be imported again."""
    person = signed_in()
    require(may_use_desk(person))
    require_fresh()
    hold(EXPORTS, str(person.id))
    rows = [cells_of(one) for one in queries.all_organisations(db.session)]
    audit.record(db.session, person, "organisation.exported", None, rows=len(rows))
    db.session.commit()
    response = Response(uploads.write_table(COLUMNS, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=organisations.csv"
    return response


def show_organisation(one: Organisation, form: StandingForm | None = None, status: int = 200) -> Response:
    """Show the page of an organisation, with the standing's form as it was sent or empty."""
    form = form or StandingForm(formdata=None, state=one.state)
    target = queries.organisation_by_id(db.session, one.merged_into_id) if one.merged_into_id else None
    return show(
        "secretariat/organisation.html",
        status=status,
        organisation=one,
        form=form,
        target=target,
        belonging=queries.affiliations_of(db.session, one),
        people_count=queries.people_count(db.session, one),
        behind=queries.people_behind(db.session, one),
    )


def find_organisation(organisation_id: int, *, to_change: bool = False) -> Organisation:
    """Find an organisation by the number in an address, held if it is to change; else 404 (2 statements)."""
    return found(queries.organisation_by_id(db.session, within(organisation_id), to_change=to_change))
