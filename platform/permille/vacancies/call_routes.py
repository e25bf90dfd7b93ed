"""Opening, extending and closing calls, for one seat or for many at once; giving a vacancy up."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, request

from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _n
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.objectives.models import Objective
from permille.people.presence import require_fresh, signed_in
from permille.vacancies import calls
from permille.vacancies.call_forms import CallForm, GiveUpForm
from permille.vacancies.interests import has_interest
from permille.vacancies.models import Vacancy
from permille.vacancies.panels import may_give_up
from permille.vacancies.policy import may_run, may_run_vacancies
from permille.vacancies.queries import objectives_coded, vacancy_of
from permille.vacancies.routes import SEAT, context_of, vacancies
from permille.vacancies.running import seat_to_run
from permille.vacancies.seats import SeatName, seat_keyed

MOST = 200
"""More seats than there are: a form that names more is none of ours."""

Chosen = list[tuple[Objective, SeatName]]


@vacancies.get("/vacancies/calls/<any(open,extend,close):act>/")
def call(act: str) -> Response:
    """Show what is about to be done to which seats."""
    require(may_run_vacancies(signed_in()))
    chosen = _chosen(request.args.getlist("seat"))
    return _ask(act, chosen, _form(act, formdata=None)) if chosen else _choose_first()


@vacancies.post("/vacancies/calls/<any(open,extend,close):act>/")
def call_now(act: str) -> Response:
    """Open, extend or close the calls of the chosen seats; what cannot be done is said seat by seat."""
    require(may_run_vacancies(signed_in()))
    chosen, form = _chosen(request.form.getlist("seat")), _form(act)
    if not chosen:
        return _choose_first()
    if len(chosen) > 1:  # mail to many
        require_fresh()
    if not form.is_in_order():
        return _ask(act, chosen, form, status=422)
    done, left = 0, []
    for objective, name in chosen:
        try:
            DOING[act](objective, name, form)
            done += 1
        except calls.CannotBe as reason:
            left.append((name, str(reason)))
    db.session.commit()
    _say(act, done, left)
    if len(chosen) == 1:
        return go_to(link("vacancies.seat", **chosen[0][1].address))
    return go_to(link("vacancies.board"))


@vacancies.get(f"{SEAT}give-up/")
def give_up(code: str, seat: str) -> Response:
    """Ask why nobody was found."""
    objective, name, vacancy = seat_to_run(code, seat)
    require(may_give_up(db.session, vacancy, signed_in()))
    return _ask_why(objective, name, GiveUpForm(formdata=None))


@vacancies.post(f"{SEAT}give-up/")
def give_up_now(code: str, seat: str) -> Response:
    """End a vacancy for which nobody was found."""
    person = signed_in()
    objective, name, vacancy = seat_to_run(code, seat)
    require(may_give_up(db.session, vacancy, person))
    require_fresh()
    form = GiveUpForm()
    if not form.is_in_order():
        return _ask_why(objective, name, form, status=422)
    try:
        calls.give_up(db.session, person, _running(objective, name), objective, name, form.reason.data or "")
    except calls.CannotBe:
        abort(409)
    db.session.commit()
    flash(_("Ended. The seat is shown as open, and a new call can be opened."))
    return go_to(link("vacancies.seat", **name.address))


def _ask_why(objective: Objective, name: SeatName, form: GiveUpForm, status: int = 200) -> Response:
    return show("vacancies/give_up.html", status=status, form=form, **context_of(objective, name))


def _choose_first() -> Response:
    flash(_("Choose seats first."), "bad")
    return go_to(link("vacancies.board"))


def _form(act: str, **given: Any) -> Form:
    return Form(**given) if act == "close" else CallForm(**given)


def _ask(act: str, chosen: Chosen, form: Form, status: int = 200) -> Response:
    return show("vacancies/call.html", status=status, act=act, chosen=chosen, form=form)


def _chosen(keys: list[str]) -> Chosen:
    names = [seat_keyed(key) for key in dict.fromkeys(keys[:MOST])]
    objectives = objectives_coded(db.session, {name.code for name in names if name})
    if any(name is None or name.code not in objectives for name in names):
        abort(404)
    return [(objectives[name.code], name) for name in names if name]


def _running(objective: Objective, name: SeatName) -> Vacancy:
    vacancy = vacancy_of(db.session, objective.id, name.region)
    if vacancy is None:
        raise calls.CannotBe(calls.NONE)
    if not may_run(signed_in(), has_interest=has_interest(db.session, vacancy.id, signed_in().id)):
        raise calls.CannotBe(calls.OWN)
    return vacancy


def _open(objective: Objective, name: SeatName, form: Any) -> None:
    calls.open_call(
        db.session, signed_in(), objective, name, form.last_day.data, form.decision_day.data,
        keeps_acting=form.keeps_acting.data,
    )  # fmt: skip


def _extend(objective: Objective, name: SeatName, form: Any) -> None:
    vacancy = _running(objective, name)
    calls.extend(
        db.session, signed_in(), vacancy, objective, name, form.last_day.data, form.decision_day.data
    )


def _close(objective: Objective, name: SeatName, _form: Any) -> None:
    calls.close(db.session, signed_in(), _running(objective, name), objective, name)


DOING: dict[str, Callable[[Objective, SeatName, Any], None]] = {
    "open": _open,
    "extend": _extend,
    "close": _close,
}


def _say(act: str, done: int, left: list[tuple[SeatName, str]]) -> None:
    reasons = {
        calls.HELD: _("somebody holds the seat"),
        calls.CALLED: _("its call is open already"),
        calls.NONE: _("there is no call"),
        calls.TOO_LATE: _("it is too late for that"),
        calls.OWN: _("you stand for it yourself, or have a relation to a candidate"),
        calls.NOT_LONGER: _("its call lasts longer already"),
    }
    said = {
        "open": _n("%(n)s call is open now.", "%(n)s calls are open now.", done),
        "extend": _n("%(n)s call is extended.", "%(n)s calls are extended.", done),
        "close": _n("%(n)s call is closed.", "%(n)s calls are closed.", done),
    }
    if done:
        flash(said[act])
    for name, reason in left:
        flash(
            _("Left as it was: %(seat)s, because %(reason)s.", seat=name.key.upper(), reason=reasons[reason]),
            "bad",
        )
