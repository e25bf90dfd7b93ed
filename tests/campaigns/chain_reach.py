"""What a move in the chain reaches for: the latest of each kind at the seat, or one that nobody has."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from permille.consultations.models import Consultee, PanelMember
from permille.exclusions.models import Exclusion
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.outbox import Job
from permille.nominations.models import Nomination
from permille.taskforces.models import Mandate, Membership
from permille.vacancies.models import Application, Evidence, Vacancy
from tests.campaigns.chain_world import FORUM, World

SEAT = "/en/vacancies/c2/africa/"
PANEL = ("secretary", "second-secretary")
THIRD = "funder"
"""Also of the Secretariat: on the panel only once it was changed."""


def day(days: int) -> str:
    """Return the day so many days from now, as a form sends it."""
    return f"{now().date() + timedelta(days=days)}"


def found(world: World, query: Any) -> int:
    """Return the last id there is, or one that nobody has."""
    with world.app.app_context():
        return db.session.scalars(query.limit(1)).first() or 999_999


def vacancy(world: World) -> int:
    """Return the latest vacancy of the seat."""
    query = select(Vacancy.id).where(Vacancy.objective_id == world.objective, Vacancy.region == "africa")
    return found(world, query.order_by(Vacancy.id.desc()))


def application(world: World) -> int:
    """Return the latest application."""
    return found(world, select(Application.id).order_by(Application.id.desc()))


def evidence(world: World) -> int:
    """Return the latest file of the latest application."""
    mine = Evidence.application_id == application(world)
    return found(world, select(Evidence.id).where(mine).order_by(Evidence.id.desc()))


def nomination(world: World) -> int:
    """Return the latest nomination."""
    return found(world, select(Nomination.id).order_by(Nomination.id.desc()))


def mandate(world: World) -> int:
    """Return the latest mandate of the seat."""
    query = select(Mandate.id).where(Mandate.objective_id == world.objective, Mandate.region == "africa")
    return found(world, query.order_by(Mandate.id.desc()))


def membership(world: World) -> int:
    """Return who joined last, and is there still: the candidate, once they have applied."""
    query = select(Membership.id).where(
        Membership.objective_id == world.objective, Membership.ended_at.is_(None)
    )
    return found(world, query.order_by(Membership.id.desc()))


def exclusion(world: World) -> int:
    """Return the latest decision about a member of the task force."""
    query = select(Exclusion.id).join(Exclusion.membership)
    return found(world, query.where(Membership.objective_id == world.objective).order_by(Exclusion.id.desc()))


def asked(world: World, who: str) -> int:
    """Return the latest consultation of somebody with an account."""
    query = select(Consultee.id).where(Consultee.person_id == world.cast.id(who))
    return found(world, query.order_by(Consultee.id.desc()))


def mailed_link(world: World) -> str:
    """Return the path of the latest link that was mailed to the forum, or of one that was never written."""
    with world.app.app_context():
        mails = select(Job.payload).where(Job.payload["to"].as_string() == FORUM).order_by(Job.id.desc())
        mail = db.session.scalars(mails.limit(1)).first() or {"body": "/en/link/none/"}
    return re.findall(r"/\w\w/link/[^/\s]+/", mail["body"])[0]


def panel(world: World) -> list[PanelMember]:
    """Return the panel of the latest vacancy."""
    mine = select(PanelMember).where(PanelMember.vacancy_id == vacancy(world))
    with world.app.app_context():
        return list(db.session.scalars(mine.order_by(PanelMember.id)))


def names_on(world: World, who: str, path: str, fits: str) -> tuple[int, list[str]]:
    """Return the status of a page and the names of its fields that begin so."""
    response = world.browser(who).client.get(path)
    html = response.get_data(as_text=True)
    return response.status_code, list(dict.fromkeys(re.findall(rf'name="({fits}[^"]*)"', html)))
