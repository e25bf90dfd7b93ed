"""A handover note outlives its office as long as a successor needs it, and no longer."""

from datetime import timedelta

import pytest

from permille.cli.housekeeping import keep_house
from permille.foundation import clock
from permille.foundation.clock import now
from permille.foundation.config import BadSetting, from_environment
from tests.browser import Browser
from tests.engines import ON_SQLITE
from tests.mandates.conftest import row_of


@pytest.fixture
def in_days(app):
    """Return a function that keeps house so many days from now."""
    start = now()

    def keep(days):
        clock.turn(lambda: start + timedelta(days=days))
        with app.app_context():
            keep_house()

    yield keep
    clock.turn(None)


def test_the_note_and_why_the_office_ended_are_kept_for_two_years_and_then_forgotten(
    app, cast, holder, office, in_days
):
    where = f"/en/mandates/{office}/"
    assert holder.post(where, handover="Ask the cooperative of Kita first.").status == 303
    assert holder.post(f"{where}end/", reason="I move to Lima.").status == 303
    in_days(729)
    assert row_of(app, office)["handover"] and row_of(app, office)["end_reason"] == "I move to Lima."
    in_days(731)
    row = row_of(app, office)
    assert (row["handover"], row["end_reason"]) == ("", "") and row["ended_at"] and row["person_id"]
    page = Browser(app).sign_in(cast.email("secretary")).get(where).text("main")
    assert "Kita" not in page and "Lima" not in page and "Handover note" in page


def test_the_note_of_an_office_that_holds_is_kept_however_old_it_is(app, holder, office, in_days):
    holder.post(f"/en/mandates/{office}/", handover="Ask the cooperative of Kita first.")
    in_days(1500)
    assert row_of(app, office)["handover"] == "Ask the cooperative of Kita first."


@ON_SQLITE
def test_an_installation_keeps_them_longer_or_shorter_but_not_shorter_than_they_can_be_written(
    app, holder, office, in_days
):
    app.config["KEPT_HANDOVERS_DAYS"] = 200
    holder.post(f"/en/mandates/{office}/end/", reason="I move to Lima.")
    in_days(201)
    assert row_of(app, office)["end_reason"] == ""
    assert from_environment({"PERMILLE_KEPT_HANDOVERS_DAYS": "180"})["KEPT_HANDOVERS_DAYS"] == 180
    with pytest.raises(BadSetting):
        from_environment({"PERMILLE_KEPT_HANDOVERS_DAYS": "179"})
