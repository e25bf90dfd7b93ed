"""One's own page, profile and settings."""

from flask import Response, current_app, flash, request

from permille.foundation import audit
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import go_to, show
from permille.foundation.languages import _, language
from permille.foundation.links import link
from permille.foundation.permissions import require
from permille.foundation.security import THEMES, keep_private
from permille.people.decisions import PAGE, claims_for
from permille.people.indexing import index_person
from permille.people.models import Naming
from permille.people.policy import anyone_may, may_edit_own
from permille.people.presence import me, signed_in
from permille.people.profile_forms import ProfileForm, SettingsForm
from permille.people.routes import people, position

YEAR = 365 * 24 * 60 * 60


@people.get("/me/")
def mine() -> Response:
    """Show everyone their own page."""
    person = signed_in()
    claims = claims_for(db.session, person, after=position())
    return show("people/mine.html", person=person, claims=claims, most=PAGE, form=Form())


@people.get("/me/profile/")
def profile() -> Response:
    """Show what somebody says of themselves, and what of it is public."""
    person = signed_in()
    return show("people/profile.html", form=ProfileForm(obj=person), person=person)


@people.post("/me/profile/")
def profile_now() -> Response:
    """Keep the profile."""
    person = signed_in()
    require(may_edit_own(person))
    form = ProfileForm()
    if not form.is_in_order():
        return show("people/profile.html", status=422, form=form, person=person)
    person.name, person.about = form.name.data, form.about.data or ""
    person.country, person.zone = form.country.data or None, form.zone.data
    person.languages, person.published = form.languages.data, form.published.data
    person.naming = Naming(form.naming.data)
    index_person(db.session, person)
    audit.record(db.session, person, "profile.changed", person)
    db.session.commit()
    flash(_("Your profile is saved."))
    return go_to(link("people.mine"))


@people.get("/settings/")
def settings() -> Response:
    """Show how the pages look and in which language; this needs no account."""
    keep_private()
    theme = request.cookies.get("theme", "auto")
    form = SettingsForm(theme=theme if theme in THEMES else "auto", language=language())
    return show("people/settings.html", form=form)


@people.post("/settings/")
def settings_now() -> Response:
    """Keep the theme and the language in plain cookies, and a person's language for mails."""
    keep_private()
    person = me()
    require(anyone_may(person))
    form = SettingsForm()
    if not form.is_in_order():
        return show("people/settings.html", status=422, form=form)
    if person is not None:
        person.language = form.language.data
        db.session.commit()
    flash(_("Your settings are saved."))
    response = go_to(link("people.settings", lang=form.language.data))
    for name, value in (("theme", form.theme.data), ("language", form.language.data)):
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(name, value, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
