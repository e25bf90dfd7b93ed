"""Inviting: a look at the mails first, a test to oneself, then all at once; and sending one again."""

from datetime import timedelta

from flask import Response, flash

from permille.consultations.consultee_routes import consultee_of
from permille.consultations.forms import MendedForm
from permille.consultations.inviting import invite, why_not, why_not_remind
from permille.consultations.letters import ASKED, REMINDED, letters, send_test, write_to
from permille.consultations.models import Consultation, Consultee
from permille.consultations.policy import may_answer, may_prepare
from permille.consultations.preparing import CannotConsult
from permille.consultations.queries import is_lost, is_on_list
from permille.consultations.routes import (
    DESK,
    back_to_consultation,
    consultation_to_run,
    consultations,
    refused,
    show_consultation,
)
from permille.consultations.words import REASONS
from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _n
from permille.foundation.limits import Limit, hold
from permille.foundation.links import absolute, link
from permille.foundation.permissions import require
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.presence import require_fresh, signed_in
from permille.people.queries import person_with
from permille.vacancies.record import hold_vacancy, note
from permille.vacancies.seats import SeatName

TESTS = Limit("consultation-test", 20, timedelta(hours=1))


@consultations.get(f"{DESK}invite/")
def check_invitations(code: str, seat: str) -> Response:
    """Show the mails in every language they would be sent in, and to how many."""
    objective, name, one = consultation_to_run(code, seat)
    return show_letters(objective, name, one, ASKED)


@consultations.post(f"{DESK}invite/")
def invite_now(code: str, seat: str) -> Response:
    """Ask everybody on the list who was not asked yet; the first time, the consultation begins."""
    person = signed_in()
    objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person))
    require_fresh()
    try:
        sent = invite(db.session, person, one, objective, name)
    except CannotConsult as reason:
        return refused(reason, link("consultations.consultation", **name.address))
    db.session.commit()
    flash(_n("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent))
    return back_to_consultation(name)


@consultations.post(f"{DESK}test/")
def send_test_now(code: str, seat: str) -> Response:
    """Mail the invitations to whoever prepares them."""
    person = signed_in()
    objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person))
    send_letters_as_test(person, objective, name, one, ASKED)
    return go_to(link("consultations.check_invitations", **name.address))


@consultations.post(f"{DESK}consultees/<int:consultee_id>/again/")
def invite_again(code: str, seat: str, consultee_id: int) -> Response:
    """Send one invitation once more; where there is no account, to a mended address."""
    person = signed_in()
    objective, name, one = consultation_to_run(code, seat)
    consultee = consultee_of(one, consultee_id)
    require(may_prepare(person))
    require_fresh()
    hold_vacancy(db.session, one.vacancy_id)
    db.session.refresh(consultee)
    if not may_answer(consultee):
        flash(_("This person has answered, or answers are no longer taken."), "bad")
        return back_to_consultation(name)
    form = MendedForm()
    if consultee.person_id is None:
        if not form.is_in_order() or not _can_be_mended(form, consultee):
            return show_consultation(objective, name, one, status=422, mended=form, wrong=consultee.id)
        if form.email.data != consultee.email:
            consultee.email = form.email.data
            note(db.session, one.vacancy, person, "consultee.mended", consultee=str(consultee.id))
    audit.record(db.session, person, "consultee.written_again", one.vacancy, objective=name.code)
    consultee.reminded_at = now()
    write_to(db.session, consultee, one, objective, ASKED if consultee.invited_at is None else REMINDED)
    db.session.commit()
    flash(_("The mail is on its way again."))
    return back_to_consultation(name)


def _can_be_mended(form: MendedForm, consultee: Consultee) -> bool:
    # The link leads where the first mail went, unless that could not be delivered.
    new = form.email.data
    if new == consultee.email:
        return True
    if not is_lost(db.session, consultee):
        form.email.errors = [
            _("The first mail was delivered. Only an address that does not work can be changed.")
        ]
    elif person_with(db.session, new) is not None or is_on_list(db.session, consultee.consultation_id, new):
        form.email.errors = [_("There is an account with this address, or it is on the list already.")]
    return not form.email.errors


def show_letters(objective: Objective, name: SeatName, one: Consultation, kind: str) -> Response:
    """Show the invitations or reminders in every language they would be sent in, and to how many."""
    written = letters(db.session, one, objective, _page(name), kind)
    readers = sum(letter.readers for letter in written)
    reason = why_not(db.session, one, readers) if kind == ASKED else why_not_remind(one, readers)
    return show(
        "consultations/letters.html", form=Form(), objective=objective, name=name, one=one, vacancy=one.vacancy,
        letters=written, readers=readers, reason=REASONS.get(reason, ""), is_reminder=kind == REMINDED,
    )  # fmt: skip


def send_letters_as_test(
    person: Person, objective: Objective, name: SeatName, one: Consultation, kind: str
) -> None:
    """Mail the invitations or reminders to whoever is about to send them."""
    hold(TESTS, str(person.id))
    sent = send_test(db.session, person, one, objective, _page(name), kind)
    db.session.commit()
    flash(_n("%(n)s test mail is on its way to you.", "%(n)s test mails are on their way to you.", sent))


def _page(name: SeatName) -> str:
    return absolute(link("consultations.consultation", **name.address))
