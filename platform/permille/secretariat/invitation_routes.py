"""Inviting people: a mail of ours with a link that makes an account, for ten days."""

from flask import Response, abort, flash
from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.database import db, held
from permille.foundation.finding import found, number, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.limits import hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.claims import organisations_named
from permille.people.models import MailedLink
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.people.queries import owner_with
from permille.secretariat import inviting
from permille.secretariat.fairness import INVITATIONS, INVITATIONS_TO_ONE
from permille.secretariat.forms import InvitationForm
from permille.secretariat.inviting import OPEN as _OPEN
from permille.secretariat.inviting import why_not
from permille.secretariat.routes import secretariat

PAGE = 50


@secretariat.get("/invitations/")
def invitations() -> Response:
    """List the open invitations, newest first, with the form for a new one."""
    return _show(InvitationForm(formdata=None, language=language()))


@secretariat.post("/invitations/")
def invite() -> Response:
    """Invite somebody."""
    person = signed_in()
    require(may_use_desk(person))
    form = InvitationForm()
    if not form.is_in_order() or not _may_be_sent(form):
        return _show(form, status=422)
    email = form.email.data
    hold(INVITATIONS, str(person.id))
    hold(INVITATIONS_TO_ONE, email)
    organisation = _organisation(form)
    inviting.invite(db.session, person, email, form.language.data, form.name.data or "", organisation)
    db.session.commit()
    flash(_("The invitation is on its way."))
    return go_to(link("secretariat.invitations"))


@secretariat.post("/invitations/<int:invitation_id>/withdraw/")
def withdraw_invitation(invitation_id: int) -> Response:
    """Make an invitation's link worthless."""
    person = signed_in()
    require(may_use_desk(person))
    row = _one_of_them(invitation_id)
    row.use()
    audit.record(db.session, person, "invitation.withdrawn", row)
    db.session.commit()
    flash(_("The invitation is withdrawn."))
    return go_to(link("secretariat.invitations"))


@secretariat.post("/invitations/<int:invitation_id>/again/")
def invite_again(invitation_id: int) -> Response:
    """Send an invitation that has expired once more, with a new link; 409 when there is an account by now."""
    person = signed_in()
    require(may_use_desk(person))
    address = _one_of_them(invitation_id).email
    if owner_with(db.session, address) is not None:
        abort(409)
    hold(INVITATIONS, str(person.id))
    hold(INVITATIONS_TO_ONE, address)
    row = _one_of_them(invitation_id)  # held anew: counting has ended the transaction
    name, organisation = row.payload.get("name", ""), row.payload.get("organisation_id")
    row.use()
    inviting.invite(db.session, person, row.email, row.language, name, organisation)
    db.session.commit()
    flash(_("The invitation is on its way."))
    return go_to(link("secretariat.invitations"))


def _show(form: InvitationForm, status: int = 200) -> Response:
    query, before = select(MailedLink).where(*_OPEN), number("before")
    if before:
        query = query.where(MailedLink.id < before)
    rows = list(db.session.scalars(query.order_by(MailedLink.id.desc()).limit(PAGE)))
    return show("secretariat/invitations.html", status=status, form=form, rows=rows, most=PAGE)


def _one_of_them(invitation_id: int) -> MailedLink:
    query = select(MailedLink).where(MailedLink.id == within(invitation_id), *_OPEN)
    return found(db.session.scalar(held(query, MailedLink)))


def _may_be_sent(form: InvitationForm) -> bool:
    email = form.email.data
    if problem := why_not(db.session, email):
        form.email.errors = [problem]
    elif form.organisation.data and _organisation(form) is None:
        form.organisation.errors = [_why_none(form.organisation.data)]
    return not form.errors


def _organisation(form: InvitationForm) -> int | None:
    if not form.organisation.data:
        return None
    named = organisations_named(db.session, form.organisation.data)
    return named[0].id if len(named) == 1 else None


def _why_none(name: str) -> str:
    if organisations_named(db.session, name):
        return _("Several organisations go by this name. Leave it empty: the person can choose.")
    return _("No organisation goes by this name. Leave it empty, or add it first.")
