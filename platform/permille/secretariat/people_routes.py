"""People on the desk: finding them, their role, suspending them and letting them back in."""

from flask import Response, abort, flash, request

from permille.foundation import audit
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.finding import found, number, within, words
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.people.accounts import change_role
from permille.people.indexing import index_person
from permille.people.models import Person, Role
from permille.people.opening import end_all_sessions
from permille.people.policy import may_use_desk
from permille.people.presence import require_fresh, signed_in
from permille.people.queries import secretaries
from permille.people.words import ROLES
from permille.regions.countries import choices_in
from permille.secretariat import people_queries as queries
from permille.secretariat.forms import RoleForm, SuspensionForm
from permille.secretariat.letters import tell_person
from permille.secretariat.policy import may_rule_on
from permille.secretariat.queries import flagged_mandates
from permille.secretariat.routes import secretariat
from permille.taskforces.words import OFFICES


@secretariat.get("/people/")
def people() -> Response:
    """List people, newest first, or those a search finds."""
    asked = {name: request.args.get(name, "")[:40] for name in ("which", "where", "code", "office")}
    wanted = queries.Wanted(words(), organisation=number("organisation"), **asked)
    return show(
        "secretariat/people.html",
        rows=queries.people(db.session, wanted, number("before")),
        count=queries.people_count(db.session, wanted),
        most=queries.PAGE,
        wanted=wanted,
        kept={"q": wanted.words, "organisation": wanted.organisation, **asked},
        roles=ROLES.items(),
        offices=OFFICES.items(),
        codes=[(code, code) for code in queries.codes(db.session)],
        countries=choices_in(language()),
    )


@secretariat.get("/people/<int:person_id>/")
def person(person_id: int) -> Response:
    """Show what the Secretariat may know of a person."""
    one = find_person(person_id)
    does = queries.involvement_of(db.session, one)
    flagged = flagged_mandates(db.session, one.id)
    may_rule = may_rule_on(signed_in(), one)
    return show(
        "secretariat/person.html", person=one, does=does, flagged=flagged, may_rule=may_rule, form=Form()
    )


@secretariat.get("/people/<int:person_id>/role/")
def role(person_id: int) -> Response:
    """Ask which role a person has."""
    one = find_person(person_id)
    require(may_rule_on(signed_in(), one))
    return show("secretariat/role.html", person=one, form=RoleForm(role=one.role))


@secretariat.post("/people/<int:person_id>/role/")
def role_now(person_id: int) -> Response:
    """Change a role; the person is told."""
    one = find_person(person_id, to_change=True)
    require(may_rule_on(signed_in(), one))
    form = RoleForm()
    if not form.is_in_order():
        return show("secretariat/role.html", status=422, person=one, form=form)
    require_fresh()
    if form.role.data == one.role:
        flash(_("Nothing was changed."))
        return go_to(link("secretariat.person", person_id=one.id))
    change_role(db.session, signed_in(), one, Role(form.role.data))
    tell_person(db.session, one, "role_changed")
    db.session.commit()
    flash(_("The role is changed. The person is told by mail."))
    return go_to(link("secretariat.person", person_id=one.id))


@secretariat.get("/people/<int:person_id>/suspend/")
def suspend(person_id: int) -> Response:
    """Ask for the reason."""
    one = find_person(person_id)
    require(may_rule_on(signed_in(), one))
    return show("secretariat/suspend.html", person=one, form=SuspensionForm())


@secretariat.post("/people/<int:person_id>/suspend/")
def suspend_now(person_id: int) -> Response:
    """Suspend an account: it is signed out everywhere, and the person is told why."""
    one = find_person(person_id, to_change=True)
    require(may_rule_on(signed_in(), one))
    form = SuspensionForm()
    if not form.is_in_order():
        return show("secretariat/suspend.html", status=422, person=one, form=form)
    if one.suspended_at is not None:
        abort(409)
    one.suspended_at, one.suspension_reason = now(), form.reason.data
    end_all_sessions(one)
    index_person(db.session, one)
    audit.record(db.session, signed_in(), "person.suspended", one)
    tell_person(db.session, one, "suspended", reason=one.suspension_reason)
    db.session.commit()
    flash(_("The account is suspended. The person is told by mail."))
    return go_to(link("secretariat.person", person_id=one.id))


@secretariat.post("/people/<int:person_id>/let-in/")
def let_in(person_id: int) -> Response:
    """End a suspension; the person is told."""
    one = find_person(person_id, to_change=True)
    require(may_rule_on(signed_in(), one))
    if one.suspended_at is None:
        abort(409)
    one.suspended_at, one.suspension_reason = None, ""
    index_person(db.session, one)
    audit.record(db.session, signed_in(), "person.let_in", one)
    tell_person(db.session, one, "let_in")
    db.session.commit()
    flash(_("The account is open again. The person is told by mail."))
    return go_to(link("secretariat.person", person_id=one.id))


@secretariat.post("/people/<int:person_id>/sign-out/")
def sign_out_everywhere(person_id: int) -> Response:
    """End all sessions of a person, for example when a device was lost."""
    one = find_person(person_id, to_change=True)
    require(may_rule_on(signed_in(), one))
    end_all_sessions(one)
    audit.record(db.session, signed_in(), "person.signed_out", one)
    db.session.commit()
    flash(_("Signed out on all devices."))
    return go_to(link("secretariat.person", person_id=one.id))


def find_person(person_id: int, *, to_change: bool = False) -> Person:
    """Return a person for somebody of the Secretariat; 404 for none, and held when `to_change`."""
    person = signed_in()
    require(may_use_desk(person))
    if to_change:  # two who take the desk from each other at once wait here, and the second has lost it
        require(person.id in secretaries(db.session, to_change=True))
    return found(queries.person_by_id(db.session, within(person_id), to_change=to_change))
