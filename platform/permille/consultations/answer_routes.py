"""Answering: by account, or by a mailed link that is spent by sending; checked before it is sent, for it is sent once."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, request

from permille.consultations.answering import Said, answer
from permille.consultations.forms import AnswerForm, answer_form
from permille.consultations.models import Consultee, Relation, Support
from permille.consultations.policy import may_answer, may_be_consulted, may_be_consulted_by_link
from permille.consultations.preparing import CannotConsult
from permille.consultations.queries import consultee_by_id
from permille.consultations.routes import consultations
from permille.foundation.database import db
from permille.foundation.finding import found, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.people.links import spend, waiting_link
from permille.people.models import MailedLink, Purpose
from permille.people.presence import signed_in
from permille.vacancies.application_queries import standing_for
from permille.vacancies.models import Application
from permille.vacancies.seats import seat_of


@consultations.get("/consultations/<int:consultee_id>/")
def consultee(consultee_id: int) -> Response:
    """Show somebody what they are asked about the candidates (8 statements)."""
    return _show(_asked(consultee_id), _page(consultee_id))


@consultations.post("/consultations/<int:consultee_id>/")
def answer_now(consultee_id: int) -> Response:
    """Check an answer, then take it."""
    one = _asked(consultee_id)
    require(may_be_consulted(signed_in(), one))
    return _take(one, _page(consultee_id), lambda: None)


@consultations.get("/consultations/reply/")
def reply() -> Response:
    """Show the same to somebody who followed the link in a mail."""
    keep_private()
    row = waiting_link(Purpose.CONSULTATION) or abort(410)
    return _show(_meant(row), link("consultations.reply"))


@consultations.post("/consultations/reply/")
def reply_now() -> Response:
    """Check an answer, then take it and spend the link."""
    keep_private()
    row = waiting_link(Purpose.CONSULTATION) or abort(410)
    one = _meant(row)
    require(may_be_consulted_by_link(one))
    return _take(one, link("consultations.reply"), lambda: _spend(row))


def _asked(consultee_id: int) -> Consultee:
    person = signed_in()
    one = found(consultee_by_id(db.session, within(consultee_id)))
    return one if may_be_consulted(person, one) else abort(404)


def _meant(row: MailedLink) -> Consultee:
    one = consultee_by_id(db.session, row.payload.get("consultee", 0))
    return one if one is not None and one.email == row.email else abort(410)


def _spend(row: MailedLink) -> None:
    row.use()
    spend()


def _show(one: Consultee, page: str) -> Response:
    candidates = standing_for(db.session, one.consultation.vacancy_id)
    return _draw(one, page, candidates, answer_form(candidates, formdata=None))


def _take(one: Consultee, page: str, spend_link: Callable[[], None]) -> Response:
    candidates = standing_for(db.session, one.consultation.vacancy_id)
    form = answer_form(candidates)
    if not may_answer(one):
        return _draw(one, page, candidates, form, status=409)
    if not form.is_in_order():
        return _draw(one, page, candidates, form, status=422)
    if "send" not in request.form:
        return _draw(one, page, candidates, form, is_checking="edit" not in request.form)
    try:
        row = answer(db.session, one, language(), form.words.data or "", _said(form, candidates))
    except CannotConsult:
        db.session.rollback()
        return _draw(found(consultee_by_id(db.session, one.id)), page, candidates, form, status=409)
    spend_link()
    db.session.commit()
    if one.person_id is not None:
        flash(_("Thank you. Your answer is with the panel."))
        return go_to(page)
    return show("consultations/thanks.html", is_late=row.is_late, **_about(one))


def _said(form: AnswerForm, candidates: list[Application]) -> dict[int, Said]:
    said = {}
    for one in candidates:
        fields = form.said_of(one)
        relation = Relation(fields["relation"].data)
        why = fields["relation_note"].data or "" if relation != Relation.NONE else ""
        said[one.id] = Said(relation, why, Support(fields["support"].data), fields["opinion"].data or "")
    return said


def _draw(
    one: Consultee, page: str, candidates: list[Application], form: Any, status: int = 200, *,
    is_checking: bool = False,
) -> Response:  # fmt: skip
    return show(
        "consultations/check.html" if is_checking else "consultations/answer.html", status=status,
        here=page, candidates=candidates, form=form, may_answer=may_answer(one), consultee=one, **_about(one),
    )  # fmt: skip


def _about(one: Consultee) -> dict[str, Any]:
    vacancy = one.consultation.vacancy
    return {
        "one": one.consultation,
        "vacancy": vacancy,
        "objective": vacancy.objective,
        "name": seat_of(vacancy),
    }


def _page(consultee_id: int) -> str:
    return link("consultations.consultee", consultee_id=consultee_id)
