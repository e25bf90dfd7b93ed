"""One's own sessions: seen and ended one by one, or all others at once."""

from flask import Response, abort, flash
from sqlalchemy import delete

from permille.foundation.database import LARGEST_ID, db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import forget_this_reader
from permille.people.devices import device_name
from permille.people.models import SignedIn
from permille.people.opening import sign_out as close_session
from permille.people.policy import may_end_session, may_read_own
from permille.people.presence import my_session, signed_in
from permille.people.queries import session_of, sessions_of
from permille.people.routes import people


@people.get("/me/sessions/")
def sessions() -> Response:
    """List where somebody is signed in."""
    rows = sessions_of(db.session, signed_in().id)
    here = my_session()
    devices = {row.id: device_name(row.device) for row in rows}
    here_id = here.id if here else None
    return show("people/sessions.html", rows=rows, devices=devices, here=here_id, form=Form())


@people.post("/me/sessions/<int:session_id>/end/")
def end_session(session_id: int) -> Response:
    """End one session; ending this one is signing out."""
    person = signed_in()
    row = (session_of(db.session, person.id, session_id) if session_id <= LARGEST_ID else None) or abort(404)
    require(may_end_session(person, row))
    if row is my_session():
        close_session()
        db.session.commit()
        return forget_this_reader(go_to(link("portals.home")), "cache", "cookies", "storage")
    db.session.execute(delete(SignedIn).where(SignedIn.id == row.id))
    db.session.commit()
    flash(_("That session is ended."))
    return go_to(link("people.sessions"))


@people.post("/me/sessions/end/")
def end_other_sessions() -> Response:
    """End every session but this one."""
    person, here = signed_in(), my_session()
    require(may_read_own(person))
    db.session.execute(
        delete(SignedIn).where(SignedIn.person_id == person.id, SignedIn.id != (here.id if here else 0))
    )
    db.session.commit()
    flash(_("You are signed out everywhere else."))
    return go_to(link("people.sessions"))
