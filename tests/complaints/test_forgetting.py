"""What was complained, answered, and by whom, is forgotten with the words of the applications; that it was stays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from permille.cli.housekeeping import keep_house
from permille.complaints.models import Complaint
from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.database import db
from tests.complaints.conftest import WHERE, WORDS


@pytest.mark.parametrize(("days", "is_there"), [(729, True), (731, False)])
def test_a_complaint_is_forgotten_two_years_after_its_vacancy(
    app, cast, filled, desk, member, days, is_there
):
    where = member.post(WHERE, words=WORDS).location
    named = "\n".join(cast.email(part) for part in ("leader", "representative", "newcomer"))
    assert desk.post(f"{where}reader/", addresses=named).status == 303
    later = now() + timedelta(days=days)
    try:
        clock.turn(lambda: later)
        with app.app_context():
            keep_house()
            one = db.session.scalars(select(Complaint)).one()
            found = [bool(left) for left in (one.words, one.person_id, one.reader_id)]
    finally:
        clock.turn(None)
    assert found == [is_there] * 3
