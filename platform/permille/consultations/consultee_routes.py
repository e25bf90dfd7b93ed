"""Who is asked in a consultation: groups and addresses put on the list, and people taken off it."""

from flask import Response, flash, request

from permille.consultations.forms import AddressesForm
from permille.consultations.gathering import MOST, Gathered, add_bodies, add_group, add_typed, remove
from permille.consultations.models import Consultation, Consultee, Group
from permille.consultations.policy import may_prepare
from permille.consultations.preparing import CannotConsult
from permille.consultations.queries import consultee_by_id
from permille.consultations.routes import (
    DESK,
    back_to_consultation,
    consultation_to_run,
    consultations,
    refused,
    show_consultation,
)
from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.languages import _, _n, listed, number
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.presence import signed_in
from permille.people.typed_addresses import said_lines, typed_addresses

GROUPS = {group.value for group in Group}


@consultations.post(f"{DESK}groups/")
def add_group_now(code: str, seat: str) -> Response:
    """Put the team, the partners or the bodies on the list."""
    person = signed_in()
    _objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person))
    group = request.form.get("group", "")
    if group not in GROUPS:
        return back_to_consultation(name)
    try:
        if group == Group.BODY:
            gathered, left_out = add_bodies(db.session, one)
        else:
            gathered, left_out = add_group(db.session, one, Group(group)), []
    except CannotConsult as reason:
        return refused(reason, link("consultations.consultation", **name.address))
    db.session.commit()
    _say(gathered, left_out, group)
    return back_to_consultation(name)


@consultations.post(f"{DESK}addresses/")
def add_addresses(code: str, seat: str) -> Response:
    """Put typed addresses on the list; lines that cannot be read are said, and nothing is lost."""
    person = signed_in()
    objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person))
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
        gathered, left_out = add_typed(
            db.session, one, [(line.email, line.name) for line in lines], form.language.data
        )
    except CannotConsult as reason:
        return refused(reason, link("consultations.consultation", **name.address))
    db.session.commit()
    _say(gathered, left_out)
    return back_to_consultation(name)


@consultations.post(f"{DESK}consultees/<int:consultee_id>/remove/")
def remove_consultee(code: str, seat: str, consultee_id: int) -> Response:
    """Take somebody off the list who was not asked yet."""
    person = signed_in()
    _objective, name, one = consultation_to_run(code, seat)
    consultee = consultee_of(one, consultee_id)
    require(may_prepare(person))
    try:
        remove(db.session, one, consultee)
    except CannotConsult:
        flash(_("This person has been asked already."), "bad")
        return back_to_consultation(name)
    db.session.commit()
    flash(_("Taken off the list."))
    return back_to_consultation(name)


def consultee_of(one: Consultation, consultee_id: int) -> Consultee:
    """Find somebody on the list of this consultation, 404 for those of others."""
    row = consultee_by_id(db.session, within(consultee_id))
    return found(row if row is not None and row.consultation_id == one.id else None)


def _say(gathered: Gathered, left_out: list[str], group: str = "") -> None:
    if gathered.added and group == Group.BODY:
        flash(_n("%(n)s body is on the list now.", "%(n)s bodies are on the list now.", gathered.added))
    elif gathered.added:
        flash(_n("%(n)s person is on the list now.", "%(n)s people are on the list now.", gathered.added))
    elif not gathered.left:
        flash(_("Nobody was added: they are on the list already, or cannot be asked."))
    if gathered.left:
        flash(_("The list is full: at most %(most)s can be asked.", most=number(MOST)), "bad")
    if left_out:
        flash(_("Not added, because they stand for the seat, weigh the answers or are suspended: %(who)s.", who=listed(left_out)), "bad")  # fmt: skip
