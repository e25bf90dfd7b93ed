"""What somebody can try in the chain from call to mandate, at one seat; each move gives the status of the answer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import select

from permille.complaints.models import Complaint
from permille.foundation.database import db
from permille.nominations.models import Nomination
from tests.campaigns import chain_candidate_moves as candidate
from tests.campaigns.chain_reach import (
    PANEL,
    SEAT,
    THIRD,
    application,
    day,
    found,
    mandate,
    names_on,
    nomination,
    panel,
    vacancy,
)
from tests.campaigns.chain_world import FORUM, World

TERM = 700
Move = Callable[[World, str], int]


def _call(act: str, days: int, world: World, who: str) -> int:
    return world.send(who, f"/en/vacancies/calls/{act}/", seat="c2/africa", last_day=day(days))


def _prepare(world: World, who: str) -> int:
    seated = [str(world.cast.id(part)) for part in PANEL]
    return world.send(
        who, f"{SEAT}consultation/", question_en="What do you know?", last_day=day(14), panel=seated
    )


def _change_panel(world: World, who: str) -> int:
    # A third person comes, or goes again.
    third = world.cast.id(THIRD)
    parts = PANEL if any(one.person_id == third for one in panel(world)) else (*PANEL, THIRD)
    seated = [str(world.cast.id(part)) for part in parts]
    return world.send(who, f"{SEAT}consultation/panel/", panel=seated)


def _ask(world: World, who: str) -> int:
    addresses = f"{world.cast.email('leader')}\n{FORUM} Forum"
    return world.send(who, f"{SEAT}consultation/addresses/", addresses=addresses, language="fr")


def _propose(override: str, world: World, who: str) -> int:
    fields: dict[str, Any] = {"reason": "Ten years on these soils.", "ends_on": day(TERM)}
    if override:
        fields["override"] = override
    path = f"{SEAT}nomination/propose/{application(world)}/"
    status, names = names_on(world, who, path, "refusal")
    if status != 200:
        return world.send(who, path, **fields)
    return world.send(who, path, **fields, **dict.fromkeys(names, "Another knows the region better."))


def _confirm(override: str, world: World, who: str) -> int:
    fields = {"override": override} if override else {}
    return world.send(who, f"{SEAT}nomination/confirm/", nomination=nomination(world), **fields)


def _accept(world: World, who: str) -> int:
    offered = nomination(world)
    with world.app.app_context():
        one = db.session.get(Nomination, offered)
        person = one and one.application.person
        if one is not None and one.is_live:
            world.was_eligible[offered] = person is not None and person.is_eligible
    return world.send(who, f"/en/nominations/{offered}/accept/")


def _complaint(world: World, who: str) -> int:
    where = found(world, select(Complaint.id).order_by(Complaint.id.desc()))
    return world.send(who, f"/en/complaints/{where}/", finding="stands", answer="It was fair.")


def _reader(world: World, who: str) -> int:
    where = found(world, select(Complaint.id).order_by(Complaint.id.desc()))
    named = "\n".join(world.cast.email(part) for part in ("member", "representative", "funder"))
    return world.send(who, f"/en/complaints/{where}/reader/", addresses=named)


def _sent(path: str, world: World, who: str, **form: Any) -> int:
    return world.send(who, f"{SEAT}{path}", **form)


def _of_mandate(act: str, world: World, who: str, **form: Any) -> int:
    return world.send(who, f"/en/mandates/{mandate(world)}/{act}", **form)


MOVES: dict[str, Move] = {
    "open the call": partial(_call, "open", 20),
    "extend the call": partial(_call, "extend", 30),
    "close the call": partial(_call, "close", 0),
    "give up": partial(_sent, "give-up/", reason="Nobody came."),
    "apply": candidate.apply,
    "enter an application": candidate.enter,
    "keep a draft": partial(_sent, "apply/keep/", why="Half a sentence"),
    "stand down": candidate.stand_down,
    "add a file": candidate.add_file,
    "remove a file": candidate.remove_file,
    "prepare": _prepare,
    "change the panel": _change_panel,
    "move the last day": lambda world, who: world.send(
        who, f"{SEAT}consultation/change/", question_en="What do you know?", last_day=day(20)
    ),
    "ask": _ask,
    "ask the team": partial(_sent, "consultation/groups/", group="team"),
    "invite": partial(_sent, "consultation/invite/"),
    "remind": partial(_sent, "consultation/remind/"),
    "answer": candidate.answer,
    "answer by the mailed link": candidate.answer_by_link,
    "declare no relation": partial(_sent, "consultation/declare/", relation="no"),
    "declare a relation": partial(_sent, "consultation/declare/", relation="yes"),
    "propose": partial(_propose, ""),
    "propose all the same": partial(_propose, "The only one who came."),
    "confirm": partial(_confirm, ""),
    "confirm all the same": partial(_confirm, "I know them as well."),
    "withdraw": lambda world, who: world.send(
        who, f"{SEAT}nomination/withdraw/", nomination=nomination(world), reason="A mistake."
    ),
    "accept": _accept,
    "decline": lambda world, who: world.send(who, f"/en/nominations/{nomination(world)}/decline/"),
    "end the office": partial(_of_mandate, "end/", reason="It is time."),
    "hand over": partial(_of_mandate, "", handover="Ask the cooperative first."),
    "keep the office": partial(_of_mandate, "confirm/"),
    "renew": lambda world, who: _of_mandate("renew/", world, who, last_day=day(14)),
    "complain": partial(_sent, "complaint/", words="It was never announced."),
    "name a reader": _reader,
    "answer the complaint": _complaint,
    "correct the record": lambda world, who: world.send(
        who, f"/en/vacancies/records/{vacancy(world)}/", correction="It was a Tuesday."
    ),
    "ask to leave": partial(candidate.exclude, "leaving"),
    "suspend": partial(candidate.exclude, "suspension"),
    "take the exclusion back": candidate.take_back_exclusion,
}  # fmt: skip
WALKED = MOVES | {"delete the account of the candidate": candidate.delete_account}
"""What a walk tries; who deletes an account is no question of rights."""
