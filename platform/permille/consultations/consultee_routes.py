"""Who is asked in a consultation: groups and addresses put on the list, and people taken off it."""

from flask import Response, flash, request

from permille.consultations.forms import AddressesForm
from permille.consultations.gathering import MOST, Gathered, add_group, add_typed, remove
from permille.consultations.models import Consultation, Consultee, Group
from permille.consultations.policy import may_prepare
from permille.consultations.preparing import CannotConsult
from permille.consultations.queries import consultee_by_id
from permille.consultations.routes import DESK, consultation_to_run, consultations, show_consultation
from permille.consultations.words import REASONS
from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to
from permille.foundation.languages import _, _n, listed, number
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.presence import signed_in
from permille.people.typed_addresses import said_lines, typed_addresses
from permille.vacancies.seats import SeatName

GROUPS = {Group.TEAM.value, Group.PARTNERS.value}


@consultations.post(f"{DESK}groups/")
def add_group_now(code: str, seat: str) -> Response:
    """Put the team or the partners on the list."""
    person = signed_in()
    _objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person, is_candidate=False))
    group = request.form.get("group", "")
    if group not in GROUPS:
        return _back(name)
    try:
        _say(add_group(db.session, one, Group(group)))
    except CannotConsult as reason:
        flash(str(REASONS[str(reason)]), "bad")
        return _back(name)
    db.session.commit()
    return _back(name)


@consultations.post(f"{DESK}addresses/")
def add_addresses(code: str, seat: str) -> Response:
    """Put typed addresses on the list; lines that cannot be read are said, and nothing is lost."""
    person = signed_in()
    objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person, is_candidate=False))
    form = AddressesForm()
    if not form.is_in_order():
        return show_consultation(objective, name, one, status=422, form=form)
    if said_lines(form.addresses.data) > MOST:
        form.addresses.errors = [_("These are too many. At most %(limit)s at once.", limit=number(MOST))]
        return show_consultation(objective, name, one, status=422, form=form)
    lines = typed_addresses(form.addresses.data, lambda _email: "")
    if bad := [line for line in lines if line.problem]:
        form.addresses.errors = [_("Some lines could not be read. Nobody was added.")]
        return show_consultation(objective, name, one, status=422, form=form, lines=bad)
    try:
        gathered, refused = add_typed(
            db.session, one, [(line.email, line.name) for line in lines], form.language.data
        )
    except CannotConsult as reason:
        flash(str(REASONS[str(reason)]), "bad")
        return _back(name)
    db.session.commit()
    _say(gathered)
    if refused:
        flash(_("Not added, because they stand for the seat, weigh the answers or are suspended: %(who)s.", who=listed(refused)), "bad")  # fmt: skip
    return _back(name)


@consultations.post(f"{DESK}consultees/<int:consultee_id>/remove/")
def remove_consultee(code: str, seat: str, consultee_id: int) -> Response:
    """Take somebody off the list who was not asked yet."""
    person = signed_in()
    _objective, name, one = consultation_to_run(code, seat)
    consultee = consultee_of(one, consultee_id)
    require(may_prepare(person, is_candidate=False))
    try:
        remove(db.session, one, consultee)
    except CannotConsult:
        flash(_("This person has been asked already."), "bad")
        return _back(name)
    db.session.commit()
    flash(_("Taken off the list."))
    return _back(name)


def consultee_of(one: Consultation, consultee_id: int) -> Consultee:
    """Find somebody on the list of this consultation, 404 for those of others."""
    row = consultee_by_id(db.session, within(consultee_id))
    return found(row if row is not None and row.consultation_id == one.id else None)


def _say(gathered: Gathered) -> None:
    if gathered.added:
        flash(_n("%(n)s person is on the list now.", "%(n)s people are on the list now.", gathered.added))
    elif not gathered.left:
        flash(_("Nobody was added: they are on the list already, or cannot be asked."))
    if gathered.left:
        flash(_("The list is full: at most %(most)s can be asked.", most=number(MOST)), "bad")


def _back(name: SeatName) -> Response:
    return go_to(link("consultations.consultation", **name.address))
