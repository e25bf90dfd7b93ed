"""Importing organisations from a table: first a plan that says what each line would do, then the work.

Every line is planned on what the lines before it leave. The plan is made anew when the work is done,
so that it is true of the database at that moment.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from permille.foundation import search
from permille.foundation.clock import now
from permille.foundation.database import Session, held
from permille.foundation.languages import _, day, number
from permille.people.claims import index_organisation
from permille.people.models import Organisation, Person, StandingState, fits
from permille.people.models.organisations import VALID
from permille.people.words import kind_name, state_name
from permille.secretariat.table import facts_of

STEP = ("state", "evidence", "since", "until")
NEW: dict[str, Any] = {"kind": None, "website": "", "aliases": [], "state": StandingState.CLAIMED} | {
    "evidence": "",
    "since": None,
    "until": None,
}
"""What an organisation is before anything is said of it."""

WORDS: dict[str, Any] = {"kind": kind_name, "state": state_name, "aliases": " · ".join}


@dataclass
class Draft:
    """An organisation as the lines so far leave it, and its record once there is one."""

    facts: dict[str, Any]
    organisation: Organisation | None = None


@dataclass
class Line:
    """What one line of the file would do: `add`, `change`, `same` or, with a reason, `left out`."""

    number: int
    name: str
    does: str = "same"
    reason: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    """Of what is there already: column, value before, value after, in the reader's words."""

    draft: Draft | None = None
    new: dict[str, Any] = field(default_factory=dict)


class Known:
    """The organisations there are, by what they are called in their country."""

    def __init__(self, session: Session, *, to_change: bool = False) -> None:
        self._by_name: dict[tuple[str, str], Draft] = {}
        self._by_alias: dict[tuple[str, str], Draft] = {}
        query = select(Organisation).where(Organisation.merged_into_id.is_(None)).order_by(Organisation.id)
        query = query.options(selectinload(Organisation.standings))
        for one in session.scalars(held(query, Organisation) if to_change else query):
            self.learn(Draft(_facts_now(one), one))

    def learn(self, draft: Draft) -> None:
        """Take in what an organisation is called now."""
        country = draft.facts["country"]
        self._by_name.setdefault((search.fold(draft.facts["name"]), country), draft)
        for alias in draft.facts["aliases"]:
            self._by_alias.setdefault((search.fold(alias), country), draft)

    def find(self, facts: dict[str, Any]) -> Draft | None:
        """Find who bears this name, be it an alias; or whose name is one of these aliases."""
        name, *aliases = ((search.fold(one), facts["country"]) for one in (facts["name"], *facts["aliases"]))
        named = self._by_name.get(name) or self._by_alias.get(name)
        return named or next((self._by_name[one] for one in aliases if one in self._by_name), None)


def plan(session: Session, rows: list[Any], *, to_change: bool = False) -> list[Line]:
    """Say what each row would do, as the database is now (1 statement, and 1 per 500 organisations).

    `to_change` holds the organisations, so that the plan is still true when it is carried out.
    """
    known, seen = Known(session, to_change=to_change), dict[tuple[str, str], int]()
    return [_line(position, cells, known, seen) for position, cells in rows]


def carry_out(session: Session, lines: list[Line], by: Person) -> tuple[int, int]:
    """Add and change what the plan says; returns how many of each. The caller commits.

    It takes 3 statements for a line that adds or changes something, 2 more if its standing changes.
    """
    for line in lines:
        if line.draft is None or not line.new:
            continue
        if line.draft.organisation is None:
            line.draft.organisation = Organisation(aliases=[], standings=[], accepted_at=now())
        one = line.draft.organisation
        _apply(one, line.new, by)
        session.add(one)
        session.flush()
        index_organisation(session, one)
    return sum(line.does == "add" for line in lines), sum(line.does == "change" for line in lines)


def _apply(one: Organisation, new: dict[str, Any], by: Person) -> None:
    for name in new.keys() - set(STEP):
        setattr(one, name, new[name])
    if new.keys() & set(STEP):
        step = {name: new.get(name, _facts_now(one)[name]) for name in STEP}
        one.stand(step.pop("state"), by, **step)


def _facts_now(one: Organisation) -> dict[str, Any]:
    last = one.last_standing
    facts = {name: getattr(one, name) for name in ("name", "country", "kind", "website", "aliases")}
    facts |= {"state": one.state or StandingState.CLAIMED, "until": one.state_until}
    return facts | {"evidence": last.evidence if last else "", "since": last.since if last else None}


def _line(position: int, cells: dict[str, str], known: Known, seen: dict[tuple[str, str], int]) -> Line:
    line = Line(position, cells.get("name", ""))
    try:
        facts = facts_of(cells)
        key = (search.fold(facts["name"]), facts["country"])
        if key in seen:
            raise ValueError(_("the same organisation as in line %(line)s", line=number(seen[key])))
        draft = known.find(facts)
        before = draft.facts if draft else NEW | {"name": facts["name"]}
        new = _differences(before, facts)
        _check(before | new, new)
    except ValueError as problem:
        line.does, line.reason = "left out", str(problem)
        return line
    seen[key] = position
    if draft is None:
        line.does, draft = "add", Draft(before)
        new |= {"name": facts["name"], "country": facts["country"]}
    elif new:
        line.does = "change"
        changed = [name for name in ("kind", *STEP, "aliases", "website") if name in new]
        line.changes = [
            (_column(name), _said(name, before[name]), _said(name, new[name])) for name in changed
        ]
    line.draft, line.new, draft.facts = draft, new, before | new
    known.learn(draft)
    return line


def _differences(before: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    said = {name: facts[name] for name in ("kind", "website", *STEP) if name in facts}
    if said.get("state", before["state"]) != before["state"]:
        said = _new_step(before, said)
    new = {name: value for name, value in said.items() if not _is_same(value, before[name])}
    known = {search.fold(one) for one in (before["name"], *before["aliases"])}
    names = [one for one in (facts["name"], *facts["aliases"]) if search.fold(one) not in known]
    return new | {"aliases": [*before["aliases"], *names]} if names else new


def _is_same(value: Any, before: Any) -> bool:
    days = isinstance(value, datetime) and isinstance(before, datetime)
    return bool(value.date() == before.date() if days else value == before)


def _new_step(before: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Let another standing have its own evidence and day, and no end that is past."""
    ends = before["until"] if before["until"] and before["until"] > now() else None
    return {"evidence": "", "since": None, "until": ends, **said}


def _check(after: dict[str, Any], new: dict[str, Any]) -> None:
    if new and not fits(after["kind"], after["state"]):
        raise ValueError(_("a company can be a partner, but not a member"))
    if after["state"] not in VALID:
        return
    if "state" in new and not after["evidence"]:
        raise ValueError(_("a partner or member needs evidence"))
    if new.keys() & {"state", "until"} and after["until"] and after["until"] < now():
        raise ValueError(_("the standing would have ended already; write “lapsed” if it has"))


def _said(name: str, value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    return str(WORDS.get(name, str)(value)) if value else "–"


def _column(name: str) -> str:
    return {"state": "standing"}.get(name, name)
