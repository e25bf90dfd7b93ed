"""Signing up: an address and a language, a mail, then a name. Invitations end on the same page."""

from typing import cast

from flask import Response, abort, flash
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.foundation.settings import Passage
from permille.people.claims import claim
from permille.people.fairness import hold_mails
from permille.people.forms import SignUpForm, WelcomeForm
from permille.people.indexing import index_person
from permille.people.letters import mail_sign_up, person_with
from permille.people.links import spend, waiting_link
from permille.people.mail_routes import note_mailed
from permille.people.models import MailedLink, Person, Purpose
from permille.people.policy import anyone_may, may_use_desk
from permille.people.presence import me
from permille.people.presence import sign_in as open_session
from permille.people.queries import organisation_to_claim
from permille.people.routes import people

CONSENT = "2026-11"
"""The version of terms and privacy notice people agree to; a new text needs a new word here."""


@people.get("/sign-up/")
def sign_up() -> Response:
    """Ask for an address and a language."""
    keep_private()
    if me():
        return go_to(link("people.mine"))
    return show("people/sign_up.html", form=SignUpForm(language=language()))


@people.post("/sign-up/")
def sign_up_now() -> Response:
    """Mail a link; whoever has an account already is told so in the mail, not here."""
    keep_private()
    require(anyone_may(me()))
    form = SignUpForm()
    if not form.is_in_order():
        return show("people/sign_up.html", status=422, form=form)
    email = form.email.data.lower()
    hold_mails(email)
    mail_sign_up(db.session, email, form.language.data)
    db.session.commit()
    note_mailed("sign_up", email, form.language.data)
    return go_to(link("people.mailed"))


@people.get("/welcome/")
def confirm() -> Response:
    """Show the form that makes the account; opening it changes nothing."""
    return _welcome(Purpose.CONFIRM, "people.confirm_now")


@people.post("/welcome/")
def confirm_now() -> Response:
    """Make the account and go on to the organisation."""
    require(anyone_may(me()))
    return _admit(Purpose.CONFIRM, "people.confirm_now")


@people.get("/invitation/")
def accept_invitation() -> Response:
    """Show the form that accepts an invitation; opening it changes nothing."""
    return _welcome(Purpose.INVITATION, "people.accept_invitation_now")


@people.post("/invitation/")
def accept_invitation_now() -> Response:
    """Accept an invitation and go on to the organisation."""
    require(anyone_may(me()))
    return _admit(Purpose.INVITATION, "people.accept_invitation_now")


def _welcome(purpose: Purpose, target: str) -> Response:
    row = waiting_link(purpose) or abort(410)
    if person_with(db.session, row.email) is not None:
        return _has_account()
    form = WelcomeForm(name=row.payload.get("name", ""))
    return show("people/welcome.html", form=form, row=row, target=target)


def _admit(purpose: Purpose, target: str) -> Response:
    row = waiting_link(purpose) or abort(410)
    if person_with(db.session, row.email) is not None:
        return _has_account()
    form = WelcomeForm()
    if not form.is_in_order():
        return show("people/welcome.html", status=422, form=form, row=row, target=target)
    try:
        person = _account_of(row, form)
    except IntegrityError:  # two links to one new address pressed at once
        db.session.rollback()
        return _has_account()
    invited = _belongs_as_invited(row, person)
    row.person = person  # so that it is told and erased with the account, whatever the address is then
    row.use()
    spend()
    open_session(person)
    db.session.commit()
    flash(_("Welcome. Your account is ready."))
    return go_to(link("people.mine" if invited else "people.my_organisation"))


def _has_account() -> Response:
    """Lead to the sign-in page: a link that makes an account opens and changes none that is there."""
    flash(_("You have an account already. Sign in."))
    return go_to(link("people.sign_in"))


def _belongs_as_invited(row: MailedLink, person: Person) -> bool:
    """Let a person belong to the organisation the Secretariat named when it invited them."""
    organisation = organisation_to_claim(db.session, row.payload.get("organisation_id") or 0)
    host = db.session.get(Person, row.payload.get("by") or 0)
    if organisation is None or not may_use_desk(host):
        return False
    affiliation = claim(db.session, person, organisation)
    affiliation.confirm(cast(Person, host))
    audit.record(db.session, host, "affiliation.confirmed", affiliation)
    return True


def consent_version() -> str:
    """Return which terms somebody agrees to now: those of the release and the passage of the desk."""
    edited = db.session.scalar(select(Passage.version).where(Passage.name == "terms"))
    return f"{CONSENT}.{edited or 0}"


def _account_of(row: MailedLink, form: WelcomeForm) -> Person:
    person = Person(email=row.email, language=row.language, affiliations=[])
    db.session.add(person)
    person.name, person.country = form.name.data, form.country.data
    person.consent_version = consent_version()
    person.confirm()
    db.session.flush()
    index_person(db.session, person)
    audit.record(db.session, person, "person.confirmed", person, consent=person.consent_version)
    return person
