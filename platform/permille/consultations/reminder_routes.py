"""Reminding: a look at the mails first, a test to oneself, then everybody who has not answered."""

from datetime import timedelta

from flask import Response, flash

from permille.consultations.invitation_routes import send_letters_as_test, show_letters
from permille.consultations.inviting import remind
from permille.consultations.letters import REMINDED
from permille.consultations.policy import may_prepare
from permille.consultations.preparing import NOBODY_WAITED, CannotConsult
from permille.consultations.queries import waited_for
from permille.consultations.routes import (
    DESK,
    back_to_consultation,
    consultation_to_run,
    consultations,
    refused,
)
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to
from permille.foundation.languages import _n
from permille.foundation.limits import Limit, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.presence import require_fresh, signed_in

REMINDERS = Limit("consultation-reminder", 1, timedelta(hours=12))


@consultations.get(f"{DESK}remind/")
def check_reminders(code: str, seat: str) -> Response:
    """Show the reminders in every language they would be sent in, and to how many."""
    objective, name, one = consultation_to_run(code, seat)
    return show_letters(objective, name, one, REMINDED)


@consultations.post(f"{DESK}remind/test/")
def send_test_reminder_now(code: str, seat: str) -> Response:
    """Mail the reminders to whoever is about to send them."""
    person = signed_in()
    objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person))
    send_letters_as_test(person, objective, name, one, REMINDED)
    return go_to(link("consultations.check_reminders", **name.address))


@consultations.post(f"{DESK}remind/")
def remind_now(code: str, seat: str) -> Response:
    """Remind everybody who has not answered."""
    person = signed_in()
    objective, name, one = consultation_to_run(code, seat)
    require(may_prepare(person))
    require_fresh()
    if not waited_for(db.session, one.id):  # said before it counts: the limit lets one go out in half a day
        return refused(CannotConsult(NOBODY_WAITED), link("consultations.consultation", **name.address))
    hold(REMINDERS, str(one.id))
    try:
        sent = remind(db.session, person, one, objective)
    except CannotConsult as reason:
        return refused(reason, link("consultations.consultation", **name.address))
    db.session.commit()
    flash(_n("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", sent))
    return back_to_consultation(name)
