"""Telling the officers of a task force that somebody has joined, and welcoming them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from permille.foundation import audit
from permille.foundation.database import Session
from permille.foundation.languages import _, _l, speaking
from permille.foundation.site import read_site
from permille.notifications.kinds import declare
from permille.notifications.telling import tell
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.taskforces.models import Mandate, Membership, Welcome


class WasWelcomed(ValueError):
    """Another officer was faster."""


@dataclass(frozen=True)
class Welcomed:
    """That a member was welcomed: on which day, and by whom, unless their account is gone."""

    when: datetime
    by: str | None


def tell_officers(session: Session, membership: Membership, person: Person, objective: Objective) -> None:
    """Tell the leader, and the representative of the member's region, that somebody new is in (1 statement and theirs).

    The mail names the member; the notification does not, for it outlives an account that is deleted.
    """
    officers = (
        select(Person)
        .join(Mandate, Mandate.person_id == Person.id)
        .where(Mandate.objective_id == objective.id, Mandate.ended_at.is_(None))
        .where(or_(Mandate.region.is_(None), Mandate.region == membership.region))
        .where(Person.id != person.id, Person.suspended_at.is_(None), Person.confirmed_at.is_not(None))
    )
    for officer in session.scalars(officers.order_by(Person.id)):
        tell(
            session, officer, "member_joined", "taskforces.team", {"code": objective.slug},
            code=objective.code, label=objective.label.text_in(officer.language), member=person.name or person.email,
            contribution=membership.contribution,
        )  # fmt: skip


def proposed_words(membership: Membership) -> str:
    """Return a friendly text in the member's language, for the officer to change."""
    person = membership.person
    with speaking(person.language):
        hello = _("Hello %(name)s,", name=person.name) if person.name else _("Hello,")
        warm = _(
            "Welcome to Task Force %(code)s. It is good to have you with us.", code=membership.objective.code
        )
        way = _("Have a look at who is in the team, and tell us what you would like to begin with.")
    return f"{hello}\n\n{warm} {way}"


def welcome(
    session: Session, officer: Person, mandate: Mandate, membership: Membership, words: str
) -> Welcome:
    """Welcome a member by notification and mail, once. The caller commits. Raises `WasWelcomed`.

    The mail names the officer only to whom they are named, and never by their address: a reply to it goes to the
    contact of the platform.
    """
    one = Welcome(membership_id=membership.id, person_id=officer.id)
    try:
        with session.begin_nested():
            session.add(one)
    except IntegrityError:  # the index lets one in
        raise WasWelcomed from None
    person, objective, contact = membership.person, membership.objective, read_site(session).contact
    audit.record(session, officer, "membership.welcomed", membership, objective=objective.code)
    tell(
        session, person, "welcomed", "taskforces.page", {"code": objective.slug},
        code=objective.code, label=objective.label.text_in(person.language), words=words, contact=contact,
        officer=officer.name if officer.is_listed or officer.is_named_to_team else "",
        office=mandate.office, region=mandate.region, reply_to=contact,
    )  # fmt: skip
    return one


def welcomes_of(session: Session, memberships: Collection[int]) -> dict[int, Welcomed]:
    """Tell which of some memberships were welcomed, by whom and when (1 statement)."""
    query = (
        select(Welcome.membership_id, Welcome.created_at, Person.name)
        .outerjoin(Person, Person.id == Welcome.person_id)
        .where(Welcome.membership_id.in_(memberships))
    )
    return {row[0]: Welcomed(row[1], row[2]) for row in session.execute(query)}


declare("welcomed", _l("You are welcomed to Task Force %(code)s. The words came by mail."), "code")
declare("member_joined", _l("Somebody new has joined Task Force %(code)s."), "code")
