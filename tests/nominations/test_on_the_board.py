"""Nominations on the board of the Secretariat: what each vacancy waits for, and since when."""

from datetime import timedelta

from permille.foundation.clock import now
from tests.nominations.conftest import NOMINATION, nomination, proposal


def test_the_board_says_what_each_vacancy_waits_for_and_since_when(
    app, desk, second, answered, applied, change_vacancy
):
    board, row = "/en/vacancies/board/?which=%s", "tbody tr:has(a[href='/en/vacancies/c2/africa/'])"
    before = now() - timedelta(days=3)
    change_vacancy(answered, consultation_at=before, decision_day=before.date())
    waits = desk.get(board % "consultation").text(row)
    assert "1 of 1 have answered." in waits and "3 days" in waits and "is past" in waits
    assert desk.get(board % "late")(row)
    desk.post(f"{NOMINATION}/propose/{applied}/", **proposal())
    assert "Proposed, not confirmed" in desk.get(board % "nomination").text(row)
    second.post(f"{NOMINATION}/confirm/", nomination=nomination(app)["id"])
    assert "the candidate is asked" in desk.get(board % "nomination").text(row)
    counted = desk.get("/en/secretariat/")
    assert (
        int(counted.text("a[href$='which=nomination'] + b"))
        >= 1
        <= int(counted.text("a[href$='which=late'] + b"))
    )
