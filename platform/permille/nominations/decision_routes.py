"""Confirming what another one of the panel has proposed, and taking a nomination back."""

from flask import Response, flash, request

from permille.foundation.database import db
from permille.foundation.languages import _
from permille.foundation.permissions import require
from permille.nominations.forms import ConfirmationForm, WithdrawalForm
from permille.nominations.models import Nomination
from permille.nominations.proposing import (
    CHANGED,
    RULE_FAILS,
    STOOD_DOWN,
    CannotNominate,
    confirm,
    withdraw,
)
from permille.nominations.queries import nominations_of
from permille.nominations.routes import (
    DESK,
    back_to_nomination,
    may_decide_on,
    nominations,
    show_nomination,
)
from permille.nominations.words import REASONS
from permille.people.presence import require_fresh, signed_in
from permille.vacancies.models import Vacancy
from permille.vacancies.running import seat_to_run


@nominations.post(f"{DESK}confirm/")
def confirm_now(code: str, seat: str) -> Response:
    """Confirm what another one has proposed; the candidate is asked."""
    person = signed_in()
    objective, name, vacancy = seat_to_run(code, seat)
    require(may_decide_on(person, vacancy))
    require_fresh()
    one = _meant(vacancy)
    if one is None:
        return back_to_nomination(name)
    require(person.id != one.proposed_by_id)
    form = ConfirmationForm()
    if not form.is_in_order():
        return show_nomination(objective, name, vacancy, status=422, confirmation=form)
    try:
        confirm(db.session, person, one, objective, form.override.data or "")
    except CannotNominate as reason:
        db.session.rollback()
        if str(reason) == RULE_FAILS:
            form.override.errors = [str(REASONS[RULE_FAILS])]
            return show_nomination(objective, name, vacancy, status=422, confirmation=form)
        flash(str(REASONS[str(reason)]), "bad")
        return back_to_nomination(name)
    db.session.commit()
    flash(_("Confirmed. The candidate is asked whether they accept."))
    return back_to_nomination(name)


@nominations.post(f"{DESK}withdraw/")
def withdraw_now(code: str, seat: str) -> Response:
    """Take a nomination back, or send a proposal back, with the reason."""
    person = signed_in()
    objective, name, vacancy = seat_to_run(code, seat)
    require(may_decide_on(person, vacancy))
    require_fresh()
    one = _meant(vacancy)
    if one is None:
        return back_to_nomination(name)
    form = WithdrawalForm()
    if not form.is_in_order():
        return show_nomination(objective, name, vacancy, status=422, withdrawal=form)
    try:
        withdraw(db.session, person, one, objective, form.reason.data or "")
    except CannotNominate as reason:
        db.session.rollback()
        flash(str(REASONS[str(reason)]), "bad")
        return back_to_nomination(name)
    db.session.commit()
    flash(_("Taken back. The vacancy is where it was before."))
    return back_to_nomination(name)


def _meant(vacancy: Vacancy) -> Nomination | None:
    # Who decides has seen what they decide about: it may be over, or another proposal in its place.
    seen = request.form.get("nomination")
    every = nominations_of(db.session, vacancy.id)
    one = next((one for one in every if str(one.id) == seen), None)
    if one is not None and one.is_live:
        return one
    has_left = one is not None and not one.application.is_candidacy
    flash(str(REASONS[STOOD_DOWN if has_left else CHANGED]), "bad")
    return None
