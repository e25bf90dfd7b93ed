"""Mandates: the list for the Secretariat, and the page of each with its term and its handover note."""

from typing import Any

from flask import Blueprint, Response, abort, flash, request

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import CHOICE, _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.mandates.employers import go_on
from permille.mandates.forms import HandoverForm
from permille.mandates.policy import (
    may_end,
    may_go_on,
    may_hand_over,
    may_read_mandate,
    may_read_reason,
    may_see_mandates,
    may_step_down,
)
from permille.mandates.queries import (
    held_mandates,
    holder_of_seat,
    mandate_by_id,
    past_mandates,
    was_candidate,
)
from permille.people.presence import signed_in
from permille.taskforces.models import Mandate
from permille.vacancies.seats import SeatName

mandates = Blueprint("mandates", __name__, url_prefix=f"/<{CHOICE}:lang>")


@mandates.get("/mandates/")
def index() -> Response:
    """List who holds what until when, those whose term ends first at the top (2 statements)."""
    person = signed_in()
    require(may_see_mandates(person))
    which = request.args.get("which", "")
    every = held_mandates(db.session)
    fits = {
        "ending": [one for one in every if one.ends_soon],
        "flagged": [one for one in every if one.is_flagged],
        "acting": [one for one in every if one.is_acting],
    }
    rows = [
        (one, one.ends_soon, one.is_overdue, one.person_id == person.id) for one in fits.get(which, every)
    ]
    counts = {name: len(found_rows) for name, found_rows in fits.items()}
    ended = past_mandates(db.session) if which == "past" else []
    past = [(one, SeatName(one.objective.code, one.region)) for one in ended]
    return show("mandates/index.html", rows=rows, past=past, which=which, counts=counts, all=len(every))


@mandates.get("/mandates/<int:mandate_id>/")
def mandate(mandate_id: int) -> Response:
    """Show a mandate to its holder, to who holds the seat now, and to the Secretariat."""
    one = find_mandate(mandate_id)
    return _show(one, HandoverForm(formdata=None, handover=one.handover))


@mandates.post("/mandates/<int:mandate_id>/")
def hand_over(mandate_id: int) -> Response:
    """Keep the handover note."""
    person, one = signed_in(), find_mandate(mandate_id)
    require(may_hand_over(person, one))
    form = HandoverForm()
    if not form.is_in_order():
        return _show(one, form, status=422)
    one.handover = form.handover.data or ""
    audit.record(
        db.session, person, "mandate.handed_over", one, objective=one.objective.code, region=one.region
    )
    db.session.commit()
    flash(_("Saved."))
    return go_to(link("mandates.mandate", mandate_id=one.id))


@mandates.post("/mandates/<int:mandate_id>/confirm/")
def confirm_mandate(mandate_id: int) -> Response:
    """Go on with the organisation one belongs to now."""
    person, one = signed_in(), find_mandate(mandate_id)
    require(may_go_on(person, one))
    go_on(db.session, person, one)
    db.session.commit()
    flash(_("Thank you. You keep the office."))
    return go_to(link("mandates.mandate", mandate_id=one.id))


def find_mandate(mandate_id: int) -> Mandate:
    """Return a mandate whoever is looking may read; 404 for everybody else."""
    person = signed_in()
    one = found(mandate_by_id(db.session, within(mandate_id)))
    return one if may_read_mandate(person, one, holder_of_seat(db.session, one)) else abort(404)


def stood_against(one: Mandate) -> bool:
    """Return whether whoever is looking was a candidate for the seat when its holder was nominated (1 statement)."""
    return was_candidate(db.session, one, signed_in().id)


def seat_name(one: Mandate) -> SeatName:
    """Return which seat a mandate is of."""
    return SeatName(one.objective.code, one.region)


def _show(one: Mandate, form: HandoverForm, status: int = 200) -> Response:
    person = signed_in()
    context: dict[str, Any] = {
        "one": one,
        "name": seat_name(one),
        "form": form,
        "is_own": one.person_id == person.id,
        "may_read_reason": may_read_reason(person, one),
        "may_write": may_hand_over(person, one),
        "may_step_down": may_step_down(person, one),
        "may_end": may_end(person, one, is_rival=stood_against(one)),
        "is_asked": one.asked_at is not None and may_go_on(person, one),
    }
    return show("mandates/mandate.html", status=status, **context)


from permille.mandates import (  # noqa: E402, F401 (they register on the blueprint above)
    directory_routes,
    end_routes,
    relay_routes,
    renewal_routes,
)
