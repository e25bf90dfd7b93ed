"""Nominations on the desk: who can be proposed, proposing, confirming and taking back."""

from typing import Any

from flask import Blueprint, Response, current_app, flash

from permille.consultations.queries import panel_of, seat_on_panel
from permille.exclusions.queries import kept_from_offices
from permille.foundation.database import db
from permille.foundation.days import months_later, today
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import CHOICE, _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.nominations.forms import ConfirmationForm, ProposalForm, WithdrawalForm, proposal_form
from permille.nominations.models import Nomination
from permille.nominations.policy import may_confirm, may_decide
from permille.nominations.proposing import RULE_FAILS, CannotNominate, propose
from permille.nominations.queries import nominations_of
from permille.nominations.rules import seem_to_fail
from permille.nominations.words import REASONS
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.presence import require_fresh, signed_in
from permille.taskforces.chips import chips_of
from permille.vacancies.application_queries import standing_for
from permille.vacancies.models import Application, Step, Vacancy
from permille.vacancies.routes import SEAT
from permille.vacancies.running import seat_to_run
from permille.vacancies.seats import SeatName

nominations = Blueprint("nominations", __name__, url_prefix=f"/<{CHOICE}:lang>")

DESK = f"{SEAT}nomination/"


@nominations.get(DESK)
def of_seat(code: str, seat: str) -> Response:
    """Show who can be proposed and what speaks against it, the proposal there is, and earlier ones."""
    objective, name, vacancy = seat_to_run(code, seat)
    return show_nomination(objective, name, vacancy)


@nominations.get(f"{DESK}propose/<int:application_id>/")
def ask_to_propose(code: str, seat: str, application_id: int) -> Response:
    """Show the form with which somebody is proposed."""
    objective, name, vacancy = seat_to_run(code, seat)
    require(may_decide_on(signed_in(), vacancy))
    chosen, others = _chosen(vacancy, application_id)
    ends_on = months_later(today(), current_app.config["TERM_MONTHS"])
    form = proposal_form(others, formdata=None, data={"ends_on": ends_on})
    return _ask_to_propose(objective, name, vacancy, chosen, others, form)


@nominations.post(f"{DESK}propose/<int:application_id>/")
def propose_now(code: str, seat: str, application_id: int) -> Response:
    """Propose a candidate; another one of the panel is asked to confirm."""
    person = signed_in()
    objective, name, vacancy = seat_to_run(code, seat)
    require(may_decide_on(person, vacancy))
    require_fresh()
    chosen, others = _chosen(vacancy, application_id)
    form = proposal_form(others)
    if not form.is_in_order():
        return _ask_to_propose(objective, name, vacancy, chosen, others, form, status=422)
    refusals = {one.id: form.refusal_of(one).data for one in others}
    try:
        propose(
            db.session, person, vacancy, objective, chosen,
            reason=form.reason.data or "", ends_on=form.ends_on.data, override=form.override.data or "", refusals=refusals,
        )  # fmt: skip
    except CannotNominate as reason:
        db.session.rollback()
        if str(reason) == RULE_FAILS:
            form.override.errors = [str(REASONS[RULE_FAILS])]
            chosen, others = _chosen(vacancy, application_id)
            return _ask_to_propose(objective, name, vacancy, chosen, others, form, status=422)
        flash(str(REASONS[str(reason)]), "bad")
        return back_to_nomination(name)
    db.session.commit()
    flash(_("Proposed. Now somebody else of the panel confirms; they are told."))
    return back_to_nomination(name)


def may_decide_on(person: Person, vacancy: Vacancy) -> bool:
    """Ask the policy about a vacancy, with its panel (2 statements)."""
    seat = seat_on_panel(db.session, vacancy.id, person.id)
    has_panel = bool(panel_of(db.session, vacancy.id))
    return may_decide(person, seat, has_panel=has_panel)


def _chosen(vacancy: Vacancy, application_id: int) -> tuple[Application, list[Application]]:
    standing = standing_for(db.session, vacancy.id)
    chosen = found(next((one for one in standing if one.id == within(application_id)), None))
    return chosen, [one for one in standing if one is not chosen]


def show_nomination(
    objective: Objective, name: SeatName, vacancy: Vacancy, status: int = 200, **forms: Any
) -> Response:
    """Show the page of the nomination, with its forms as they were sent, if they were."""
    person = signed_in()
    standing = standing_for(db.session, vacancy.id)
    every = nominations_of(db.session, vacancy.id)
    live: Nomination | None = next((one for one in every if one.is_live), None)
    broken = seem_to_fail(db.session, vacancy, standing)
    kept_out = kept_from_offices(db.session, [one.person_id for one in standing if one.person_id])
    deciding = [who for one in every for who in (one.proposed_by_id, one.confirmed_by_id)]
    context: dict[str, Any] = {
        "objective": objective,
        "name": name,
        "vacancy": vacancy,
        "candidates": [(one, broken[one.id]) for one in standing],
        "kept_out": {who for objective_id, who in kept_out if objective_id == objective.id},
        "live": live,
        "broken": broken.get(live.application_id, []) if live else [],
        "earlier": [one for one in every if not one.is_live],
        "may_decide": may_decide_on(person, vacancy),
        "may_confirm": live is not None and may_confirm(person, live),
        "can_propose": live is None and vacancy.step in (Step.CLOSED, Step.CONSULTATION),
        "panel": panel_of(db.session, vacancy.id),
        "offices": chips_of(db.session, deciding, everyone=True),
        "seat": seat_on_panel(db.session, vacancy.id, person.id),
        "confirmation": forms.get("confirmation") or ConfirmationForm(formdata=None),
        "withdrawal": forms.get("withdrawal") or WithdrawalForm(formdata=None),
    }
    return show("nominations/of_seat.html", status=status, **context)


def _ask_to_propose(
    objective: Objective, name: SeatName, vacancy: Vacancy, chosen: Application, others: list[Application],
    form: ProposalForm, status: int = 200,
) -> Response:  # fmt: skip
    return show(
        "nominations/propose.html", status=status, objective=objective, name=name, vacancy=vacancy, chosen=chosen,
        others=others, form=form, broken=seem_to_fail(db.session, vacancy, [chosen])[chosen.id],
    )  # fmt: skip


def back_to_nomination(name: SeatName) -> Response:
    """Go on to the page of the nomination."""
    return go_to(link("nominations.of_seat", **name.address))


from permille.nominations import decision_routes, reply_routes  # noqa: E402, F401 (they register on the blueprint above)
