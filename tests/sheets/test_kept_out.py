"""Somebody who is suspended from a task force gets no office in it by a list either."""

from permille.exclusions.models import DecidedAs, Exclusion, Measure
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.days import today
from permille.objectives.models import Objective
from permille.taskforces.models import Membership
from tests.engines import ON_SQLITE
from tests.sheets.conftest import HOLDERS


@ON_SQLITE
def test_who_is_suspended_there_is_left_out_and_told_apart_from_other_task_forces(app, cast, desk, free):
    row = f"C2,leader,,{cast.email('partner')},,,,,,\n"
    assert "will be added 1" in desk.checked("mandates", HOLDERS + row)
    with app.app_context():
        objective = db.session.query(Objective).filter_by(code="C2").one()
        member = Membership(objective_id=objective.id, person_id=cast.id("partner"), suspended_at=now())
        db.session.add(member)
        db.session.flush()
        decision = Exclusion(
            membership_id=member.id, measure=Measure.SUSPENSION, reason="x", decided_by_id=cast.id("secretary"),
            decided_as=DecidedAs.SECRETARIAT, last_day=today(),
        )  # fmt: skip
        db.session.add(decision)
        db.session.commit()
    assert "is suspended from the task force" in desk.checked("mandates", HOLDERS + row)
