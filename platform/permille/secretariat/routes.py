"""The desk: what waits for a decision. Each capability has its own file."""

from flask import Blueprint, Response

from permille.complaints.queries import unanswered_count
from permille.exclusions.queries import waiting_count
from permille.foundation.database import db
from permille.foundation.forms import Form
from permille.foundation.hypermedia import show
from permille.foundation.languages import CHOICE
from permille.foundation.permissions import require
from permille.mandates.queries import ending_count
from permille.people.policy import may_use_desk
from permille.people.presence import signed_in
from permille.secretariat import affiliation_queries, mail_queries, queries
from permille.secretariat.records import all_records
from permille.secretariat.texts import progress
from permille.vacancies.application_queries import vacancies_by_step

FIRST = 10
"""How many affiliations the desk shows before one goes on to their own page."""

secretariat = Blueprint("secretariat", __name__, url_prefix=f"/<{CHOICE}:lang>/secretariat")


@secretariat.before_request
def _only_the_secretariat() -> None:
    require(may_use_desk(signed_in()))


@secretariat.get("/")
def desk() -> Response:
    """Show what waits for a decision, and who joined last (19 statements)."""
    return show(
        "secretariat/desk.html",
        affiliations=affiliation_queries.affiliations(db.session, most=FIRST),
        waiting=affiliation_queries.waiting_count(db.session),
        flagged=queries.flagged_mandates(db.session),
        proposed=queries.proposed_count(db.session),
        evidence=queries.evidence_count(db.session),
        lapsing=queries.lapsing_count(db.session),
        failed=mail_queries.count(db.session, mail_queries.failed()),
        retrying=mail_queries.count(db.session, mail_queries.retrying()),
        progress=progress(all_records(db.session)),
        newest=queries.newest_members(db.session),
        appeals=waiting_count(db.session),
        vacancies=vacancies_by_step(db.session),
        complaints=unanswered_count(db.session),
        ending=ending_count(db.session),
        me_id=signed_in().id,
        form=Form(),
    )


from permille.secretariat import (  # noqa: E402, F401 (they register on the blueprint above)
    affiliation_routes,
    audit_routes,
    contact_routes,
    evidence_routes,
    facts_routes,
    guest_routes,
    import_routes,
    invitation_routes,
    mail_routes,
    merge_routes,
    organisation_routes,
    people_routes,
    rejection_routes,
    second_step_routes,
    standing_routes,
    text_routes,
)
