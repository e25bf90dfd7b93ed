"""Writing to the holder of an office, and the holder's answer: forms whose text goes by mail and is not kept."""

from datetime import timedelta

from flask import Response, abort, flash
from markupsafe import Markup
from sqlalchemy import select

from permille.foundation.database import db, held
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.limits import Limit, hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.mandates import relay
from permille.mandates.forms import MessageForm
from permille.mandates.policy import may_answer, may_write_to, obstacle
from permille.mandates.queries import mandate_by_id
from permille.mandates.relay import Message, organisation_of, shown_name
from permille.mandates.reply_links import read_token
from permille.mandates.routes import mandates, seat_name
from permille.people.models import Person
from permille.people.presence import signed_in, signed_in_still
from permille.taskforces.models import Mandate

DAY = timedelta(days=1)
WRITING = Limit("office-mail", 10, DAY)
ANSWERING = Limit("office-answer", 50, DAY)
PAIR = Limit("office-mail-pair", 3, DAY)
"""How often one person writes to one holder: a few cannot fill the box of anybody."""
TO_ONE = Limit("office-mail-to-one", 30, DAY)
"""However many people write: nobody gets more than this in a day; answers count for themselves."""
ANSWERS_TO_ONE = Limit("office-answer-to-one", 30, DAY)


@mandates.get("/offices/<int:mandate_id>/write/")
def write(mandate_id: int) -> Response:
    """Show the form, or why this office cannot be written to by whoever is looking."""
    signed_in()
    return _ask(found(mandate_by_id(db.session, within(mandate_id))), MessageForm(formdata=None))


@mandates.post("/offices/<int:mandate_id>/write/")
def write_now(mandate_id: int) -> Response:
    """Mail the message to the holder."""
    person = signed_in()
    one = found(mandate_by_id(db.session, within(mandate_id)))
    require(may_write_to(person, one))
    form = MessageForm()
    if not form.is_in_order():
        return _ask(one, form, status=422)
    hold(WRITING, str(person.id))
    hold(PAIR, f"{person.id} {one.person_id}")
    hold(TO_ONE, str(one.person_id))
    person = signed_in_still()
    one = found(mandate_by_id(db.session, mandate_id, to_change=True))
    require(may_write_to(person, one))
    relay.write_to(db.session, person, one, _message(form))
    db.session.commit()
    name = shown_name(one)
    flash(_on_its_way(name) if name else _("Your message is on its way to the holder of this office."))
    return go_to(link("vacancies.seat", **seat_name(one).address))


@mandates.get("/offices/reply/<token>/")
def answer(token: str) -> Response:
    """Show the holder the form with which they answer; 404 for everybody else, 410 when its time is over."""
    one, sender = _asked(token)
    return _ask_answer(token, one, sender, MessageForm(formdata=None))


@mandates.post("/offices/reply/<token>/")
def answer_now(token: str) -> Response:
    """Mail the answer to who wrote."""
    person = signed_in()
    one, sender = _asked(token)
    require(may_answer(person, one, sender))
    form = MessageForm()
    if not form.is_in_order():
        return _ask_answer(token, one, sender, form, status=422)
    hold(ANSWERING, str(person.id))
    hold(ANSWERS_TO_ONE, str(sender.id))
    person = signed_in_still()
    one, sender = _asked(token, to_change=True)
    require(may_answer(person, one, sender))
    relay.answer(db.session, person, one, sender, _message(form))
    db.session.commit()
    flash(_on_its_way(sender.name))
    return go_to(link("vacancies.my_offices"))


def _asked(token: str, *, to_change: bool = False) -> tuple[Mandate, Person]:
    person, ids = signed_in(), read_token(token) or abort(410)
    one = found(mandate_by_id(db.session, ids[0], to_change=to_change))
    if one.person_id != person.id:
        abort(404)
    query = select(Person).where(Person.id == ids[1])
    sender = db.session.scalar(held(query, Person) if to_change else query)
    return (one, sender) if sender is not None and may_answer(person, one, sender) else abort(410)


def _message(form: MessageForm) -> Message:
    return Message(
        form.subject.data or "", form.words.data or "", bool(form.gives_address.data), bool(form.wants_copy.data)
    )  # fmt: skip


def _on_its_way(name: str) -> str:
    isolated = Markup("<bdi>{}</bdi>").format(name)
    return Markup("<span>{}</span>").format(_("Your message is on its way to %(name)s.")) % {"name": isolated}


def _ask(one: Mandate, form: MessageForm, status: int = 200) -> Response:
    person = signed_in()
    return show(
        "mandates/write.html", status=status, one=one, name=seat_name(one), form=form, holder=shown_name(one),
        obstacle=obstacle(person, one), sender=person, organisation=organisation_of(person),
    )  # fmt: skip


def _ask_answer(token: str, one: Mandate, sender: Person, form: MessageForm, status: int = 200) -> Response:
    return show(
        "mandates/answer.html", status=status, one=one, name=seat_name(one), form=form, sender=sender, token=token,
        holder=shown_name(one),
    )  # fmt: skip
