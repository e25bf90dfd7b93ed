"""Taking away the second step of somebody who has lost their phone and their recovery codes."""

from flask import Response, abort, flash

from permille.foundation.database import db
from permille.foundation.hypermedia import go_to
from permille.foundation.languages import _, _l
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.notifications.kinds import declare
from permille.people.opening import end_all_sessions
from permille.people.presence import require_fresh, signed_in
from permille.people.second_step import turn_off
from permille.secretariat.letters import tell_person
from permille.secretariat.people_routes import find_person
from permille.secretariat.policy import may_rule_on
from permille.secretariat.routes import secretariat


@secretariat.post("/people/<int:person_id>/second-step/end/")
def take_factor(person_id: int) -> Response:
    """Take the second step away; the person is signed out everywhere and told by mail."""
    one = find_person(person_id, to_change=True)
    require(may_rule_on(signed_in(), one))
    require_fresh()
    if one.second_factor_at is None:
        abort(409)
    turn_off(db.session, one, signed_in())
    end_all_sessions(one)
    tell_person(db.session, one, "factor_taken")
    db.session.commit()
    flash(_("The second step is taken away. The person is told by mail."))
    return go_to(link("secretariat.person", person_id=one.id))


declare("factor_taken", _l("The Executive Secretariat has taken away the second step of your account."))
