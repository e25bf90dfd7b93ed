"""Passwords: a forgotten one replaced by mail, and one's own set or changed."""

from flask import Response, abort, flash

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.limits import hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import keep_private
from permille.people.fairness import PASSWORD_CHECKS, hold_mails
from permille.people.forms import AddressForm, ChangePasswordForm, NewPasswordForm
from permille.people.letters import end_links, mail_password_changed, mail_reset
from permille.people.links import spend, waiting_link
from permille.people.mail_routes import note_mailed
from permille.people.models import Person, Purpose
from permille.people.opening import end_all_sessions, onward, sign_in_afresh
from permille.people.opening import sign_in as open_session
from permille.people.passwords import hash_password, matches, shortest, weakness
from permille.people.policy import anyone_may, may_edit_own, may_sign_in
from permille.people.presence import me, require_fresh, signed_in, signed_in_still
from permille.people.queries import is_privileged, person_held
from permille.people.routes import people
from permille.people.suspension import refuse_suspended


@people.get("/password/forgotten/")
def forgotten() -> Response:
    """Ask which address the link should go to."""
    keep_private()
    return show("people/forgotten.html", form=AddressForm())


@people.post("/password/forgotten/")
def forgotten_now() -> Response:
    """Mail a link; an unknown address gets the same answer."""
    keep_private()
    require(anyone_may(me()))
    form = AddressForm()
    if not form.is_in_order():
        return show("people/forgotten.html", status=422, form=form)
    email = form.email.data
    hold_mails(email)
    mail_reset(db.session, email, language())
    db.session.commit()
    note_mailed("reset", email, language())
    return go_to(link("people.mailed"))


@people.get("/password/new/")
def reset() -> Response:
    """Show the form for a new password."""
    row = waiting_link(Purpose.RESET) or abort(410)
    form = NewPasswordForm(fewest=shortest(privileged=_needs_more(row.person)))
    return show("people/reset.html", form=form, email=row.email)


@people.post("/password/new/")
def reset_now() -> Response:
    """Set a new password, end every session and sign in here."""
    row = waiting_link(Purpose.RESET) or abort(410)
    refuse_suspended(row.person)
    require(may_sign_in(row.person))
    form, email = NewPasswordForm(fewest=shortest(privileged=_needs_more(row.person))), row.email
    if not form.is_in_order() or not _is_strong(form, row.person):
        return show("people/reset.html", status=422, form=form, email=email)
    hashed = hash_password(form.password.data)
    row = waiting_link(Purpose.RESET) or abort(410)
    person = person_held(db.session, row.person_id) or abort(410)
    refuse_suspended(person)
    require(may_sign_in(person))
    _set(person, hashed)
    person.confirm()
    end_all_sessions(person)
    spend()
    open_session(person)
    db.session.commit()
    flash(_("Your password is set. You have been signed out everywhere else."))
    return go_to(onward(link("people.mine")))


@people.get("/me/password/")
def password() -> Response:
    """Show the form that sets or changes one's password."""
    person = signed_in()
    form = ChangePasswordForm(fewest=shortest(privileged=_needs_more(person)))
    return show("people/password.html", form=form, has_one=person.password_hash is not None)


@people.post("/me/password/")
def password_now() -> Response:
    """Set or change one's password, and end every other session."""
    person = signed_in()
    require(may_edit_own(person))
    form = ChangePasswordForm(fewest=shortest(privileged=_needs_more(person)))
    had = person.password_hash
    if had is None:  # nothing else shows that it is still them
        require_fresh()
    if not form.is_in_order() or not _is_strong(form, person) or not is_theirs(person, form.present):
        return show("people/password.html", status=422, form=form, has_one=had is not None)
    hashed = hash_password(form.password.data)
    person = signed_in_still()
    require(may_edit_own(person))
    if person.password_hash != had:  # changed elsewhere in the meantime
        form.present.errors = [_("This is not your present password.")]
        return show("people/password.html", status=422, form=form, has_one=True)
    _set(person, hashed)
    sign_in_afresh(person)
    db.session.commit()
    flash(_("Your password is set. You have been signed out everywhere else."))
    return go_to(link("people.mine"))


def is_theirs(person: Person, field: object) -> bool:
    """Check the present password typed into `field`; who has none need not type one."""
    known = person.password_hash
    if known is None:
        return True
    hold(PASSWORD_CHECKS, str(person.id))
    if matches(known, field.data or ""):  # type: ignore[attr-defined]
        return True
    field.errors = [_("This is not your present password.")]  # type: ignore[attr-defined]
    return False


def _needs_more(person: Person | None) -> bool:
    return person is not None and is_privileged(db.session, person)


def _is_strong(form: NewPasswordForm, person: Person | None) -> bool:
    own = (person.name, person.email) if person else ()
    problem = weakness(form.password.data, *own, privileged=_needs_more(person))
    if problem:
        form.password.errors = [problem]
    return problem is None


def _set(person: Person, hashed: str) -> None:
    person.password_hash = hashed
    end_links(db.session, person)
    mail_password_changed(db.session, person)
    audit.record(db.session, person, "password.changed", person)
