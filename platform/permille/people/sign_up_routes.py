"""Signing up: an address and a language, a mail, then a name. Invitations end on the same page."""

from typing import cast

from flask import Response, abort, flash
from sqlalchemy.exc import IntegrityError

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.people.accounts import open_account
from permille.people.claims import claim
from permille.people.consent import consent_version
from permille.people.fairness import hold_mails
from permille.people.forms import SignUpForm, WelcomeForm
from permille.people.letters import mail_sign_up
from permille.people.links import spend, waiting_link
from permille.people.mail_routes import note_mailed
from permille.people.models import MailedLink, Person, Purpose
from permille.people.opening import sign_in as open_session
from permille.people.policy import anyone_may, may_use_desk
from permille.people.presence import me
from permille.people.queries import organisation_invited_to, owner_with, person_with
from permille.people.routes import people


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
    email = form.email.data
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
    if owner_with(db.session, row.email) is not None:
        return _has_account()
    waiting = person_with(db.session, row.email)
    form = WelcomeForm(name=row.payload.get("name") or (waiting.name if waiting else ""))
    return show("people/welcome.html", form=form, row=row, target=target)


def _admit(purpose: Purpose, target: str) -> Response:
    row = waiting_link(purpose) or abort(410)
    if owner_with(db.session, row.email) is not None:
        return _has_account()
    form = WelcomeForm()
    if not form.is_in_order():
        return show("people/welcome.html", status=422, form=form, row=row, target=target)
    try:
        consent = consent_version(db.session)
        person = open_account(db.session, row, form.name.data, form.country.data, consent)
    except IntegrityError:  # two links to one new address pressed at once
        db.session.rollback()
        return _has_account()
    invited = _belongs_as_invited(row, person)
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
    organisation = organisation_invited_to(db.session, row.payload.get("organisation_id") or 0)
    host = db.session.get(Person, row.payload.get("by") or 0)
    if organisation is None or not may_use_desk(host):
        return False
    affiliation = claim(db.session, person, organisation)
    affiliation.confirm(cast(Person, host))
    audit.record(db.session, host, "affiliation.confirmed", affiliation)
    return True
