"""Mail that could not be delivered."""

from flask import Response, flash

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.hypermedia import go_to
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.outbox import resend
from permille.foundation.permissions import require
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat import queries
from permille.secretariat.finding import found, within
from permille.secretariat.routes import secretariat


@secretariat.post("/mail/<int:job_id>/resend/")
def resend_mail(job_id: int) -> Response:
    """Let an undelivered mail try again."""
    person = signed_in()
    require(may_use_desk(person))
    job = found(queries.failed_job(db.session, within(job_id)))
    resend(job)
    audit.record(db.session, person, "mail.resent", job)
    db.session.commit()
    flash(_("The mail is on its way again."))
    return go_to(link("secretariat.desk"))
