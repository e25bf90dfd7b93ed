"""Mail that could not be delivered, or not yet."""

from flask import Response, flash

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.finding import found, number, within
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.outbox import resend
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.people.queries import person_with
from permille.secretariat import mail_queries as queries
from permille.secretariat.forms import MendedAddressForm
from permille.secretariat.routes import secretariat


@secretariat.get("/mail/")
def mail() -> Response:
    """List mails that were given up, and those that are tried again."""
    return _show(MendedAddressForm(formdata=None))


@secretariat.post("/mail/<int:job_id>/resend/")
def resend_mail(job_id: int) -> Response:
    """Let an undelivered mail try again, to a mended address if it is nobody's account.

    409 when the link in it no longer works: what to do instead stands beside it.
    """
    person, form = signed_in(), MendedAddressForm()
    require(may_use_desk(person))
    one = found(queries.failed_mail(db.session, within(job_id)))
    if one.is_dead:
        return _show(form, status=409)
    if not form.is_in_order() or not _mend(one, form):
        return _show(form, status=422, wrong=job_id)
    resend(one.job)
    audit.record(db.session, person, "mail.resent", one.job)
    db.session.commit()
    flash(_("The mail is on its way again."))
    return go_to(link("secretariat.mail"))


def _mend(one: queries.Undelivered, form: MendedAddressForm) -> bool:
    new = form.email.data
    if not new or not one.is_correctable or new == one.job.payload["to"]:
        return True
    if person_with(db.session, new) is not None:
        form.email.errors = [_("There is an account with this address already.")]
        return False
    one.job.payload = {**one.job.payload, "to": new}
    if one.link is not None:
        one.link.email = new
    return True


def _show(form: MendedAddressForm, status: int = 200, wrong: int = 0) -> Response:
    return show(
        "secretariat/mail.html",
        status=status,
        form=form,
        wrong=wrong,
        failed=queries.undelivered(db.session, queries.failed(), number("after")),
        count=queries.count(db.session, queries.failed()),
        retrying=queries.undelivered(db.session, queries.retrying()),
        most=queries.PAGE,
    )
