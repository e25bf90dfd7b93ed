"""What exclusions put on the pages of packages below: on the team of a task force, and on the member's own page."""

from typing import Any

from flask import Flask

from permille.exclusions import holdings
from permille.exclusions.policy import may_read
from permille.exclusions.queries import exclusions_of, kept_out_of, running_for, running_in
from permille.exclusions.words import FINDINGS, MEASURES, OFFICES_OF, state_of
from permille.foundation.database import db
from permille.foundation.slots import fill
from permille.objectives.models import Objective
from permille.people.models import Person
from permille.people.policy import may_use_desk
from permille.taskforces.keeping_out import kept_out_by
from permille.taskforces.models import Membership
from permille.taskforces.reader import Reader
from permille.taskforces.team import TeamMember


def fill_slots(app: Flask) -> None:
    """Register what this package knows, and declare what is held about a person."""
    app.jinja_env.globals.update(
        measure_name=MEASURES.__getitem__,
        decided_as_name=OFFICES_OF.__getitem__,
        appeal_finding=FINDINGS.__getitem__,
        exclusion_state=state_of,
    )
    fill(app, "member", "exclusions/_of_member.html", _of_member)
    fill(app, "team", "exclusions/_of_team.html", _of_team)
    fill(app, "mine", "exclusions/_of_mine.html", _of_mine)
    fill(app, "leave", "exclusions/_of_leaving.html", _of_leaving)
    kept_out_by(kept_out_of)
    holdings.declare()


def _of_member(member: TeamMember, reader: Reader, **_offered: Any) -> dict[str, Any]:
    return {"member": member, "may_consider": _is_over(reader, member.person_id, member.region)}


def _is_over(reader: Reader, person_id: int, region: str | None) -> bool:
    # The same as `may_consider` without asking the database for each member of the page.
    person, mandate = reader.person, reader.mandate
    if person is None or person.id == person_id:
        return False
    return may_use_desk(person) or (mandate is not None and mandate.region in (None, region))


def _of_team(objective: Objective, reader: Reader, **_offered: Any) -> dict[str, Any]:
    person, mandate = reader.person, reader.mandate
    if person is None or not reader.sees_everyone:
        return {"rows": []}
    region = mandate.region if mandate is not None and not may_use_desk(person) else None
    return {"rows": [(one, may_read(person, one)) for one in running_in(db.session, objective.id, region)]}


def _of_leaving(membership: Membership, **_offered: Any) -> dict[str, Any]:
    return {"one": running_for(db.session, membership.id)}


def _of_mine(person: Person, **_offered: Any) -> dict[str, Any]:
    return {"rows": exclusions_of(db.session, person.id)}
