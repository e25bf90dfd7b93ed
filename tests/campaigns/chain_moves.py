"""What somebody can try in the chain from call to mandate, at one seat; each move gives the status of the answer."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from permille.complaints.models import Complaint
from permille.consultations.models import Consultee
from permille.foundation.clock import now
from permille.foundation.database import db
from permille.nominations.models import Nomination
from permille.taskforces.models import Mandate
from permille.vacancies.models import Application
from tests.campaigns.candidacies import ANSWERS
from tests.campaigns.chain_world import World

SEAT = "/en/vacancies/c2/africa/"
TERM = 700
PANEL = ("secretary", "second-secretary")


def _day(days: int) -> str:
    return f"{now().date() + timedelta(days=days)}"


def _found(world: World, query: Any) -> int:
    # The last one there is, or one that nobody has.
    with world.app.app_context():
        return db.session.scalars(query.limit(1)).first() or 999_999


def _application(world: World, who: str = "") -> int:
    query = select(Application.id).order_by(Application.id.desc())
    if who:
        query = query.where(Application.person_id == world.cast.id(who))
    return _found(world, query)


def _nomination(world: World) -> int:
    return _found(world, select(Nomination.id).order_by(Nomination.id.desc()))


def _mandate(world: World) -> int:
    query = select(Mandate.id).where(Mandate.objective_id == world.objective, Mandate.region == "africa")
    return _found(world, query.order_by(Mandate.id.desc()))


def _apply(world: World, who: str) -> int:
    world.send(who, f"{SEAT}apply/", **ANSWERS)
    return world.send(who, f"{SEAT}apply/check/")


def _call(act: str, days: int, world: World, who: str) -> int:
    return world.send(who, f"/en/vacancies/calls/{act}/", seat="c2/africa", last_day=_day(days))


def _prepare(world: World, who: str) -> int:
    panel = [str(world.cast.id(part)) for part in PANEL]
    return world.send(
        who, f"{SEAT}consultation/", question_en="What do you know?", last_day=_day(14), panel=panel
    )


def _ask(world: World, who: str) -> int:
    asked = world.cast.email("leader")
    return world.send(who, f"{SEAT}consultation/addresses/", addresses=asked, language="fr")


def _answer(world: World, who: str) -> int:
    asked = select(Consultee.id).where(Consultee.person_id == world.cast.id("leader"))
    where = f"/en/consultations/{_found(world, asked.order_by(Consultee.id.desc()))}/"
    page = world.browser(who).get(where)
    if page.status != 200:
        return page.status
    fields = {"words": "They know the soils.", "is_mine": "y", "send": "1"}
    for radio in page.soup.select("input[type=radio]"):
        fields[str(radio["name"])] = "none" if str(radio["name"]).startswith("relation") else "yes"
    return world.send(who, where, **fields)


def _propose(override: str, world: World, who: str) -> int:
    fields: dict[str, Any] = {"reason": "Ten years on these soils.", "ends_on": _day(TERM)}
    if override:
        fields["override"] = override
    path = f"{SEAT}nomination/propose/{_application(world)}/"
    for box in world.browser(who).get(path).soup.select("main textarea[name^=refusal]"):
        fields[str(box["name"])] = "Another knows the region better."
    return world.send(who, path, **fields)


def _confirm(override: str, world: World, who: str) -> int:
    fields = {"override": override} if override else {}
    return world.send(who, f"{SEAT}nomination/confirm/", nomination=_nomination(world), **fields)


def _accept(world: World, who: str) -> int:
    nomination = _nomination(world)
    with world.app.app_context():
        one = db.session.get(Nomination, nomination)
        person = one and one.application.person
        if one is not None and one.is_live:
            world.was_eligible[nomination] = person is not None and person.is_eligible
    return world.send(who, f"/en/nominations/{nomination}/accept/")


def _complaint(world: World, who: str) -> int:
    where = _found(world, select(Complaint.id).order_by(Complaint.id.desc()))
    return world.send(who, f"/en/complaints/{where}/", finding="stands", answer="It was fair.")


def _reader(world: World, who: str) -> int:
    where = _found(world, select(Complaint.id).order_by(Complaint.id.desc()))
    named = "\n".join(world.cast.email(part) for part in ("member", "representative", "funder"))
    return world.send(who, f"/en/complaints/{where}/reader/", addresses=named)


def _sent(path: str, world: World, who: str, **form: Any) -> int:
    return world.send(who, f"{SEAT}{path}", **form)


MOVES: dict[str, Callable[[World, str], int]] = {
    "open the call": partial(_call, "open", 20),
    "extend the call": partial(_call, "extend", 30),
    "close the call": partial(_call, "close", 0),
    "give up": partial(_sent, "give-up/", reason="Nobody came."),
    "apply": _apply,
    "keep a draft": partial(_sent, "apply/keep/", why="Half a sentence"),
    "stand down": lambda world, who: world.send(who, f"/en/applications/{_application(world)}/stand-down/"),
    "prepare": _prepare,
    "ask": _ask,
    "ask the team": partial(_sent, "consultation/groups/", group="team"),
    "invite": partial(_sent, "consultation/invite/"),
    "remind": partial(_sent, "consultation/remind/"),
    "answer": _answer,
    "declare no relation": partial(_sent, "consultation/declare/", relation="no"),
    "declare a relation": partial(_sent, "consultation/declare/", relation="yes"),
    "propose": partial(_propose, ""),
    "propose all the same": partial(_propose, "The only one who came."),
    "confirm": partial(_confirm, ""),
    "confirm all the same": partial(_confirm, "I know them as well."),
    "withdraw": lambda world, who: world.send(
        who, f"{SEAT}nomination/withdraw/", nomination=_nomination(world), reason="A mistake."
    ),
    "accept": _accept,
    "decline": lambda world, who: world.send(who, f"/en/nominations/{_nomination(world)}/decline/"),
    "end the office": lambda world, who: world.send(
        who, f"/en/mandates/{_mandate(world)}/end/", reason="It is time."
    ),
    "hand over": lambda world, who: world.send(
        who, f"/en/mandates/{_mandate(world)}/", handover="Ask the cooperative first."
    ),
    "renew": lambda world, who: world.send(
        who, f"/en/mandates/{_mandate(world)}/renew/", last_day=_day(14)
    ),
    "complain": partial(_sent, "complaint/", words="It was never announced."),
    "name a reader": _reader,
    "answer the complaint": _complaint,
}  # fmt: skip
