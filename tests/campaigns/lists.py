"""A race between a list that gives an office and somebody who shuts its new holder out of the task force."""

import io
from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, func, select

from permille.exclusions.models import Exclusion
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.foundation.limits import LimitCount
from permille.objectives.models import Objective
from permille.sheets.models import Sheet
from permille.taskforces.models import Mandate, Membership
from tests.browser import Browser
from tests.campaigns.races import at_once, sending
from tests.cast import Cast

HEADINGS = "objective,office,region,email,name,language,organisation,begins_on,ends_on,acting\n"


def lists(app: Flask, cast: Cast, rounds: int) -> dict[str, int]:
    """Enter an office from a list while its holder is suspended from the task force: one of both happens."""
    desk, other = (Browser(app).sign_in(cast.email(part)) for part in ("secretary", "second-secretary"))
    tokens = desk.token(), other.token()
    row = f"C2,leader,,{cast.email('partner')},,,,,,\n"
    day = f"{now().date() + timedelta(days=20):%Y-%m-%d}"
    entered = 0
    for _turn in range(rounds):
        membership = _member(app, cast)
        file = io.BytesIO((HEADINGS + row).encode())
        check = desk.post("/en/sheets/mandates/", token=tokens[0], file=(file, "list.csv")).location
        seen = desk.get(check)("input[name=seen]")["value"]
        said = {"measure": "suspension", "last_day": day, "reason": "They shout."}
        at_once(
            sending(desk, check, tokens[0], seen=seen),
            sending(other, f"/en/exclusions/of/{membership}/", tokens[1], **said),
        )
        with app.app_context():
            offices = select(func.count(Mandate.id)).where(Mandate.person_id == cast.id("partner"))
            made, shut_out = db.session.scalar(offices), db.session.scalar(select(func.count(Exclusion.id)))
            assert (made, shut_out) in ((1, 0), (0, 1)), (made, shut_out)
            entered += made or 0
    return {"lists": rounds, "entered first": entered}


def _member(app: Flask, cast: Cast) -> int:
    with app.app_context():
        objective = db.session.scalars(select(Objective.id).where(Objective.code == "C2")).one()
        for row in (Sheet, Exclusion, LimitCount):
            db.session.execute(delete(row))
        for row in (Mandate, Membership):
            db.session.execute(delete(row).where(row.objective_id == objective))
        one = Membership(objective_id=objective, person_id=cast.id("partner"))
        db.session.add(one)
        db.session.commit()
        return one.id


LISTS = {"lists": lists}
