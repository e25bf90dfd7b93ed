"""What somebody was told: read, and marked as read."""

from flask import Response, abort, request

from permille.foundation.database import LARGEST_ID, db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.notifications.kinds import address, sentence
from permille.notifications.queries import PAGE, told_to
from permille.notifications.telling import read_until
from permille.people.policy import may_read_own
from permille.people.presence import signed_in
from permille.people.routes import people


@people.get("/me/notifications/")
def notifications() -> Response:
    """Show what happened, newest first, a page at a time."""
    person = signed_in()
    before = request.args.get("before", 0, type=int)
    rows = told_to(db.session, person.id, before if 0 <= before <= LARGEST_ID else abort(404))
    return show(
        "people/notifications.html",
        person=person,
        rows=rows[:PAGE],
        has_more=len(rows) > PAGE,
        sentence=sentence,
        address=address,
        form=Form(),
    )


@people.post("/me/notifications/read/")
def read_notifications() -> Response:
    """Mark everything up to the newest one shown as read."""
    person = signed_in()
    require(may_read_own(person))
    last = request.form.get("last", 0, type=int)
    read_until(db.session, person, last if 0 <= last <= LARGEST_ID else abort(404))
    db.session.commit()
    return go_to(link("people.notifications"))
