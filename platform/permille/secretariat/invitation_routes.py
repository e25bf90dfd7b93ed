"""Inviting people: a mail of ours with a link that makes an account, for ten days."""

from flask import Response, flash
from sqlalchemy import select

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db, held
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.limits import hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.claims import organisations_named
from permille.people.letters import person_with
from permille.people.models import MailedLink, Purpose
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat.fairness import INVITATIONS, INVITATIONS_TO_ONE
from permille.secretariat.finding import found, within
from permille.secretariat.forms import InvitationForm
from permille.secretariat.letters import mail_invitation
from permille.secretariat.routes import secretariat

_OPEN = (MailedLink.purpose == Purpose.INVITATION, MailedLink.used_at.is_(None))


@secretariat.get("/invitations/")
def invitations() -> Response:
    """List the open invitations, with the form for a new one."""
    return _show(InvitationForm(formdata=None, language=language()))


@secretariat.post("/invitations/")
def invite() -> Response:
    """Invite somebody."""
    person = signed_in()
    require(may_use_desk(person))
    form = InvitationForm()
    if not form.is_in_order() or not _may_be_sent(form):
        return _show(form, status=422)
    email = form.email.data.lower()
    hold(INVITATIONS, str(person.id))
    hold(INVITATIONS_TO_ONE, email)
    organisation = _organisation(form)
    row = mail_invitation(db.session, person, email, form.language.data, form.name.data or "", organisation)
    audit.record(db.session, person, "invitation.sent", row)
    db.session.commit()
    flash(_("The invitation is on its way."))
    return go_to(link("secretariat.invitations"))


@secretariat.post("/invitations/<int:invitation_id>/withdraw/")
def withdraw_invitation(invitation_id: int) -> Response:
    """Make an invitation's link worthless."""
    person = signed_in()
    require(may_use_desk(person))
    query = select(MailedLink).where(MailedLink.id == within(invitation_id), *_OPEN)
    row = found(db.session.scalar(held(query, MailedLink)))
    row.use()
    audit.record(db.session, person, "invitation.withdrawn", row)
    db.session.commit()
    flash(_("The invitation is withdrawn."))
    return go_to(link("secretariat.invitations"))


def _show(form: InvitationForm, status: int = 200) -> Response:
    query = select(MailedLink).where(*_OPEN, MailedLink.expires_at > now()).order_by(MailedLink.id.desc())
    rows = list(db.session.scalars(query.limit(200)))
    return show("secretariat/invitations.html", status=status, form=form, rows=rows)


def _may_be_sent(form: InvitationForm) -> bool:
    email = form.email.data.lower()
    waiting = select(MailedLink.id).where(*_OPEN, MailedLink.email == email, MailedLink.expires_at > now())
    if person_with(db.session, email) is not None:
        form.email.errors = [_("There is an account with this address already.")]
    elif db.session.scalar(waiting.limit(1)) is not None:
        form.email.errors = [_("This address has an open invitation. Withdraw it to send a new one.")]
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
