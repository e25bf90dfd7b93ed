"""Naming people outside the Secretariat, one of whom is drawn to read a complaint nobody there can read."""

from flask import Response, flash
from wtforms import TextAreaField

from permille.complaints.complaining import CannotComplain
from permille.complaints.models import Complaint
from permille.complaints.naming import FEWEST, MOST, fit_to_read, name_reader
from permille.complaints.policy import may_name
from permille.complaints.queries import at_desk, complaint_by_id, decided_by
from permille.complaints.routes import complaints
from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.forms import Form, at_most, said
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _l, listed, number
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.people.typed_addresses import said_lines, typed_addresses
from permille.vacancies.seats import seat_of


class NamingForm(Form):
    """Who could read it, by address."""

    addresses = TextAreaField(
        _l("Their e-mail addresses"),
        description=_l(
            "At least three people, one per line. They need an account, and had no part in the decision."
        ),
        validators=[said(_l("Enter at least three addresses.")), at_most(5000)],
    )


@complaints.get("/complaints/<int:complaint_id>/reader/")
def reader(complaint_id: int) -> Response:
    """Show the form: nothing of the complaint but its seat."""
    return _ask(_find(complaint_id), NamingForm(formdata=None))


@complaints.post("/complaints/<int:complaint_id>/reader/")
def name_reader_now(complaint_id: int) -> Response:
    """Draw one of them."""
    person, one = signed_in(), _find(complaint_id)
    require(may_name(person, one, decided_by(db.session, one.nomination), at_desk(db.session)))
    form = NamingForm()
    if not form.is_in_order():
        return _ask(one, form, status=422)
    emails, problem = _read(form.addresses.data, one)
    if problem:
        form.addresses.errors = [problem]
        return _ask(one, form, status=422)
    try:
        name_reader(db.session, person, one, one.nomination.vacancy.objective, emails)
    except CannotComplain:
        db.session.rollback()
        flash(_("Meanwhile something has changed. Look at the list again."), "bad")
        return go_to(link("complaints.index"))
    db.session.commit()
    flash(_("One of them was drawn and is told. The record of the vacancy says who it is."))
    return go_to(link("complaints.index"))


def _find(complaint_id: int) -> Complaint:
    person = signed_in()
    require(may_use_desk(person))
    one = found(complaint_by_id(db.session, within(complaint_id)))
    require(may_name(person, one, decided_by(db.session, one.nomination), at_desk(db.session)))
    return one


def _read(text: str, one: Complaint) -> tuple[list[str], str]:
    """Return the addresses, and what is wrong with them, if anything is."""
    if said_lines(text) > MOST:
        return [], _("These are too many. At most %(limit)s at once.", limit=number(MOST))
    lines = typed_addresses(text, lambda _email: "")
    if bad := [line.email or line.name for line in lines if line.problem]:
        return [], _("These lines cannot be read, or stand there twice: %(lines)s.", lines=listed(bad))
    emails = [line.email for line in lines]
    fit = {
        person.email
        for person in fit_to_read(db.session, emails, one, decided_by(db.session, one.nomination))
    }
    if unfit := [email for email in emails if email not in fit]:
        why = _("They have no account that is confirmed, had a part in the decision, or were named before: %(who)s.", who=listed(unfit))  # fmt: skip
        return emails, why
    return emails, "" if len(emails) >= FEWEST else _("Enter at least three addresses.")


def _ask(one: Complaint, form: NamingForm, status: int = 200) -> Response:
    vacancy = one.nomination.vacancy
    return show(
        "complaints/reader.html", status=status, form=form, one=one, name=seat_of(vacancy), objective=vacancy.objective
    )  # fmt: skip
