"""The page on which somebody asks to be told when a call opens, and the link that confirms it for a visitor."""

from datetime import timedelta
from typing import Any

from flask import Response, abort, flash

from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, _l, language
from permille.foundation.limits import Limit, address, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.objectives.models import Objective
from permille.people.fields import address_field
from permille.people.links import spend, waiting_link
from permille.people.models import MailedLink, Purpose
from permille.people.presence import me, signed_in
from permille.vacancies.policy import may_watch
from permille.vacancies.queries import objectives_coded, vacancy_of, watch_of
from permille.vacancies.routes import SEAT, context_of, seat_or_404, vacancies
from permille.vacancies.seats import SeatName, seat_keyed
from permille.vacancies.watching import ask_owner, stop_watching, watch, watch_by_address

ASKING = Limit("watch", 30, timedelta(hours=1))
MAILS_TO_ONE = Limit("watch-mail", 5, timedelta(days=1))


class WatchForm(Form):
    """Where somebody without an account wants to be told."""

    email = address_field(
        _l("Your e-mail address"),
        _l("Enter your e-mail address."),
        _l("Used once, for this; then it is forgotten."),
    )


@vacancies.get(f"{SEAT}watch/")
def watch_seat(code: str, seat: str) -> Response:
    """Show the form."""
    keep_private()
    objective, name = seat_or_404(code, seat)
    return _ask(objective, name, WatchForm(formdata=None))


@vacancies.post(f"{SEAT}watch/")
def watch_seat_now(code: str, seat: str) -> Response:
    """Note it for a person at once; a visitor gets a mail with a link."""
    keep_private()
    person = me()
    require(may_watch(person))
    objective, name = seat_or_404(code, seat)
    vacancy = vacancy_of(db.session, objective.id, name.region)
    if vacancy is not None and vacancy.calls_everybody:
        flash(_("The call is open already."))
        return go_to(link("vacancies.seat", **name.address))
    form = WatchForm() if person is None else Form()
    if not form.is_in_order():
        return _ask(objective, name, form, status=422)
    hold(ASKING, f"person-{person.id}" if person else address())
    if person is not None:
        watch(db.session, objective, name, person)
        flash(_("You will be told by mail as soon as the call opens."))
    else:
        email: str = form.email.data
        hold(MAILS_TO_ONE, email)
        ask_owner(db.session, objective, name, email, language())
        flash(_("Look in your mail and follow the link there, so that we know the address is yours."))
    db.session.commit()
    return go_to(link("vacancies.seat", **name.address))


@vacancies.post(f"{SEAT}watch/end/")
def stop_watching_now(code: str, seat: str) -> Response:
    """Forget it again."""
    person = signed_in()
    require(may_watch(person))
    objective, name = seat_or_404(code, seat)
    stop_watching(db.session, objective, name, person)
    db.session.commit()
    flash(_("You will not be told about this call."))
    return go_to(link("vacancies.seat", **name.address))


@vacancies.get("/vacancies/confirm/")
def confirm_watch() -> Response:
    """Show the button that confirms; a mail scanner that opens the link changes nothing."""
    row = waiting_link(Purpose.WATCH) or abort(410)
    objective, name = _meant(row)
    return show("vacancies/confirm_watch.html", row=row, objective=objective, name=name, form=Form())


@vacancies.post("/vacancies/confirm/")
def confirm_watch_now() -> Response:
    """Note that the owner of the address wants to be told."""
    row = waiting_link(Purpose.WATCH) or abort(410)
    require(may_watch(me()))
    objective, name = _meant(row)
    watch_by_address(db.session, objective, name, row.email, row.language)
    row.use()
    spend()
    db.session.commit()
    flash(_("You will be told by mail as soon as the call opens."))
    return go_to(link("vacancies.seat", **name.address))


def _meant(row: MailedLink) -> tuple[Objective, SeatName]:
    name = seat_keyed(row.payload.get("seat", "")) or abort(410)
    objective = objectives_coded(db.session, [name.code]).get(name.code) or abort(410)
    return objective, name


def _ask(objective: Objective, name: SeatName, form: Form, status: int = 200) -> Response:
    person = me()
    told = watch_of(db.session, objective.id, name.slug, person_id=person.id) if person else None
    context: dict[str, Any] = context_of(objective, name)
    return show("vacancies/watch.html", status=status, form=form, is_told=told is not None, **context)
