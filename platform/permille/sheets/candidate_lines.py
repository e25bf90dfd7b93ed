"""What the rows of a list of candidates would do."""

from typing import Any

from permille.foundation.days import today
from permille.foundation.languages import _
from permille.sheets.lines import Line, Newcomer, check_account, find_person, find_seat, may_stand, only_once
from permille.sheets.words import ANSWERS
from permille.sheets.world import World
from permille.vacancies.models import Application
from permille.vacancies.policy import may_run

MUST_SAY = ("why", "experience", "languages", "time", "endorsement")
"""What the form asks of everybody; the region, of representatives."""


def plan_candidate(line: Line, world: World, newcomers: dict[str, Newcomer], seen: dict[Any, int]) -> None:
    """Say what a row would do; `newcomers` and `seen` are what the rows before it have named."""
    find_seat(line, world)
    find_person(line, world, newcomers)
    _check_words(line)
    if line.seat is None or not line.email:
        return
    only_once(line, seen, (line.seat, line.email), "email")
    vacancy = line.vacancy = world.vacancies.get((line.seat.code, line.seat.region))
    if vacancy is None:
        line.fails("objective", _("no call is open for this seat"))
        return
    if not may_run(world.reader, has_interest=vacancy.id in world.interests):
        line.fails(
            "objective",
            _("you stand for this seat yourself, have stood for it, or have a relation to a candidate"),
        )
        return
    known = world.applications.get((vacancy.id, line.known.id)) if line.known else None
    if known is not None:
        _compare(line, known)
        return
    check_account(line, world)
    if not vacancy.is_open_to(line.known.id if line.known else 0):
        line.fails("objective", _("no call is open for this seat"))
    elif not may_stand(line):
        line.fails(
            "email", _("does not belong to a partner or member organisation, or this is not confirmed")
        )


def _check_words(line: Line) -> None:
    wrong = {column for column, _why in line.problems}
    asked = (*MUST_SAY, "sent_on", *(("knowledge",) if line.said["region"] else ()))
    for column in asked:
        if not line.said[column] and column not in wrong:
            line.fails(column, _("empty"))
    if line.said["sent_on"] and line.said["sent_on"] > today():
        line.fails("sent_on", _("this day is still to come"))


def _compare(line: Line, known: Application) -> None:
    if known.is_candidacy and _written(line) == _as_written(known):
        line.is_there, line.warnings = True, []
    elif known.is_candidacy:
        line.fails("email", _("this person has applied already, with other answers; nothing is changed"))
    else:
        line.fails(
            "email", _("this person has begun an application, or has stood down: only they can send it")
        )


def _written(line: Line) -> dict[str, Any]:
    said = line.said
    return {
        **{column: said[column] for column in ANSWERS},
        "sent_on": said["sent_on"],
        "language": said["language"] or "en",
    }


def _as_written(one: Application) -> dict[str, Any]:
    found = {column: getattr(one, column) for column in ANSWERS if column not in ("languages", "links")}
    return {
        **{column: text.replace("\r\n", "\n") for column, text in found.items()},
        "languages": one.languages,
        "links": "\n".join(one.links.split()),
        "sent_on": one.sent_at.date() if one.sent_at else None,
        "language": one.language,
    }
