"""What is tried around a candidate: applying, entering, files, answers about them, shutting them out, their leaving."""

from io import BytesIO

from permille.vacancies.models import Source
from tests.campaigns.candidacies import ANSWERS
from tests.campaigns.chain_reach import (
    SEAT,
    application,
    asked,
    day,
    evidence,
    exclusion,
    mailed_link,
    membership,
    names_on,
)
from tests.campaigns.chain_world import World, sign_up_anew


def apply(world: World, who: str) -> int:
    """Write the application and send it; one joins the task force meanwhile."""
    world.send(who, f"{SEAT}apply/", **ANSWERS)
    return world.send(who, f"{SEAT}apply/check/", joins="y")


def enter(world: World, who: str) -> int:
    """Enter an application of the member, who told it by phone."""
    told = {"email": world.cast.email("member"), "source": Source.PHONE.value, "written_in": "fr"}
    return world.send(who, f"{SEAT}enter/", **ANSWERS, **told)


def stand_down(world: World, who: str) -> int:
    """Stand down from the latest application."""
    return world.send(who, f"/en/applications/{application(world)}/stand-down/")


def add_file(world: World, who: str) -> int:
    """Add a letter to the latest application."""
    letter = (BytesIO(b"We agree."), "letter.txt")
    return world.send(who, f"/en/applications/{application(world)}/files/", file=letter)


def remove_file(world: World, who: str) -> int:
    """Take the latest file away."""
    return world.send(who, f"/en/applications/{application(world)}/files/{evidence(world)}/remove/")


def answer(world: World, who: str) -> int:
    """Answer what the leader was asked."""
    return _answer(world, who, f"/en/consultations/{asked(world, 'leader')}/")


def answer_by_link(world: World, who: str) -> int:
    """Follow the link that was mailed to the forum, and answer."""
    opened = world.browser(who).client.get(mailed_link(world))
    if opened.status_code != 303:
        return opened.status_code
    return _answer(world, who, opened.location)


def exclude(measure: str, world: World, who: str) -> int:
    """Ask who joined last to leave, or suspend them."""
    path = f"/en/exclusions/of/{membership(world)}/"
    return world.send(who, path, measure=measure, last_day=day(20), reason="They shout.")


def take_back_exclusion(world: World, who: str) -> int:
    """Take the latest such decision back."""
    return world.send(who, f"/en/exclusions/{exclusion(world)}/take-back/", reason="It is settled.")


def delete_account(world: World, _who: str) -> int:
    """Let the candidate delete their account, whoever would rather: nobody else can. Later they come as somebody new."""
    status = world.send("partner", "/en/me/delete/")
    sign_up_anew(world)
    return status


def _answer(world: World, who: str, path: str) -> int:
    status, names = names_on(world, who, path, "(?:relation|support)_")
    if status != 200:
        return status
    fields = {"words": "They know the soils.", "is_mine": "y", "send": "1"}
    for name in names:
        if not name.startswith("relation_note"):
            fields[name] = "none" if name.startswith("relation") else "yes"
    return world.send(who, path, **fields)
