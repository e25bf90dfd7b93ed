"""One's own data: taken along, or erased together with the account."""

import json

from flask import Response, flash

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.erasure import erase_all, tell_all
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _
from permille.foundation.limits import hold
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import forget_this_reader
from permille.people import holdings  # noqa: F401 (declares what this package holds)
from permille.people.fairness import EXPORTS
from permille.people.letters import mail_deleted
from permille.people.models import Person
from permille.people.opening import forget_reader
from permille.people.policy import may_leave_desk, may_read_own
from permille.people.presence import signed_in, signed_in_still
from permille.people.queries import secretaries
from permille.people.routes import people


@people.get("/me/data/")
def data() -> Response:
    """Say what can be taken along."""
    signed_in()
    return show("people/data.html", form=Form())


@people.post("/me/data/")
def export() -> Response:
    """Hand over everything that is held about somebody, as a JSON file."""
    person = signed_in()
    require(may_read_own(person))
    hold(EXPORTS, str(person.id))
    told = json.dumps(tell_all(db.session, signed_in()), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="4per1000-{now():%Y-%m-%d}.json"'
    return response


@people.get("/me/delete/")
def delete() -> Response:
    """Say what happens when an account is deleted."""
    return _ask_to_delete(signed_in(), secretaries(db.session))


@people.post("/me/delete/")
def delete_now() -> Response:
    """Erase the account and everything held about its owner, and tell them by mail.

    409 when nobody else could use the desk afterwards.
    """
    person = signed_in()
    require(may_read_own(person))
    if person.is_secretary and not may_leave_desk(person, known := secretaries(db.session, to_change=True)):
        return _ask_to_delete(person, known, status=409)
    person = signed_in_still()  # sent twice at once, one erases and the other finds nobody
    email, lang = person.email, person.language
    audit.record(db.session, None, "person.erased", person)
    erase_all(db.session, person)
    mail_deleted(db.session, email, lang)
    forget_reader()
    db.session.commit()
    flash(_("Your account is deleted."))
    # The cookie is new already, and carries this last word: only what it leaves behind is cleared.
    return forget_this_reader(go_to(link("portals.home")), "cache", "storage")


def _ask_to_delete(person: Person, known: list[int], status: int = 200) -> Response:
    may_go = may_leave_desk(person, known)
    return show("people/delete.html", status=status, form=Form(), may_go=may_go)
