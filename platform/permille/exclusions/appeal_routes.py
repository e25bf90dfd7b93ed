"""Appealing on the page of a decision, and answering there."""

from flask import Response, abort, flash

from permille.exclusions import appealing
from permille.exclusions.deciding import WasSettled
from permille.exclusions.forms import AnswerForm, AppealForm
from permille.exclusions.models import Finding
from permille.exclusions.policy import may_answer, may_appeal
from permille.exclusions.routes import exclusions, find_exclusion, show_exclusion
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.presence import require_fresh, signed_in


@exclusions.post("/exclusions/<int:exclusion_id>/appeal/")
def appeal(exclusion_id: int) -> Response:
    """Appeal, once; it goes to those of the Secretariat who did not decide."""
    person, one = signed_in(), find_exclusion(exclusion_id)
    require(may_appeal(person, one))
    form = AppealForm()
    if not form.is_in_order():
        return show_exclusion(one, appeal=form, status=422)
    try:
        appealing.appeal(db.session, person, one, form.words.data or "")
    except WasSettled:
        abort(409)
    db.session.commit()
    flash(_("Your appeal has arrived. You are told as soon as it is answered."))
    return go_to(link("exclusions.exclusion", exclusion_id=one.id))


@exclusions.post("/exclusions/<int:exclusion_id>/answer/")
def answer(exclusion_id: int) -> Response:
    """Answer an appeal; the member and whoever decided are told."""
    person, one = signed_in(), find_exclusion(exclusion_id)
    require(may_answer(person, one))
    form = AnswerForm()
    if not form.is_in_order():
        return show_exclusion(one, answer=form, status=422)
    require_fresh()
    try:
        appealing.answer(db.session, person, one, Finding(form.finding.data), form.answer.data or "")
    except WasSettled:
        abort(409)
    db.session.commit()
    flash(_("Answered. The member and whoever decided are told."))
    return go_to(link("exclusions.exclusion", exclusion_id=one.id))
