"""The factory: `create_app()` puts the parts together, and does nothing else."""

from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from permille.complaints import slots as of_complaints
from permille.complaints.routes import complaints
from permille.consultations import slots as of_consultations
from permille.consultations.routes import consultations
from permille.exclusions import slots as of_exclusions
from permille.exclusions.routes import exclusions
from permille.foundation import paths
from permille.foundation.assets import serve_assets
from permille.foundation.config import from_environment, secret_keys
from permille.foundation.database import open_database
from permille.foundation.drawing import draw_once
from permille.foundation.errors import explain_errors
from permille.foundation.hypermedia import speak_htmx
from permille.foundation.journal import keep_journal
from permille.foundation.languages import speak
from permille.foundation.limits import check_limits
from permille.foundation.links import canonical, default_address, in_language, link
from permille.foundation.security import harden
from permille.foundation.site import site
from permille.foundation.slots import filled
from permille.mandates import slots as of_mandates
from permille.mandates.routes import mandates
from permille.nominations import slots as of_nominations
from permille.nominations.routes import nominations
from permille.objectives.routes import objectives
from permille.people.presence import know_people
from permille.people.routes import people
from permille.portals.factory import open_portals
from permille.portals.machines import note_blocked
from permille.regions.countries import country_name
from permille.regions.models import all_regions
from permille.secretariat.routes import secretariat
from permille.sheets import slots as of_sheets
from permille.sheets.routes import sheets
from permille.taskforces import slots as of_taskforces
from permille.taskforces.routes import taskforces
from permille.vacancies import slots as of_vacancies
from permille.vacancies.routes import vacancies


def create_app(**settings: Any) -> Flask:
    """Build the app; `settings` win over the environment, which wins over the defaults."""
    app = Flask("permille", template_folder=str(paths.TEMPLATES), static_folder=None)
    app.config.from_mapping({**from_environment(), **settings})
    if not app.config.get("SECRET_KEY"):
        app.config["SECRET_KEY"], *older = secret_keys(app.config["INSTANCE"])
        app.config["SECRET_KEY_FALLBACKS"] = older
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    check_limits(app)
    keep_journal(app)
    open_database(app)
    speak(app)
    speak_htmx(app)
    draw_once(app)
    serve_assets(app)
    know_people(app)
    harden(app)
    CSRFProtect(app).exempt(note_blocked)  # browsers send it by themselves, without a form
    explain_errors(app)
    app.jinja_env.globals.update(
        link=link,
        in_language=in_language,
        canonical=canonical,
        default_address=default_address,
        site=site,
        filled=filled,
        regions=all_regions,
        country_name=country_name,
    )
    for blueprint in (
        people,
        objectives,
        taskforces,
        exclusions,
        vacancies,
        consultations,
        nominations,
        mandates,
        complaints,
        sheets,
        secretariat,
    ):
        app.register_blueprint(blueprint)
    open_portals(app)
    for package in (
        of_taskforces,
        of_exclusions,
        of_vacancies,
        of_consultations,
        of_nominations,
        of_mandates,
        of_complaints,
        of_sheets,
    ):
        package.fill_slots(app)
    return app
