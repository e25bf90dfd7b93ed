"""Importing organisations from a table: first a plan that says what each line would do, then the work.

The plan is made anew when the work is done, so that it is true of the database at that moment.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from sqlalchemy import select

from permille.foundation import search
from permille.foundation.clock import now
from permille.foundation.database import Session
from permille.foundation.languages import LANGUAGES, _, number, speaking
from permille.people.claims import index_organisation
from permille.people.models import Organisation, OrganisationKind, Person, StandingState, fits
from permille.people.models.organisations import VALID
from permille.people.words import KINDS, STATES
from permille.regions.countries import names_in

COLUMNS = ("name", "country", "kind", "standing", "evidence", "until", "aliases", "website")
REQUIRED = ("name", "country")
LONGEST = {"name": 200, "evidence": 2000, "website": 200}


@dataclass
class Line:
    """What one line of the file would do: `add`, `change`, `same` or, with a reason, `left out`."""

    number: int
    name: str
    does: str = "add"
    details: list[str] = field(default_factory=list)
    organisation: Organisation | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def plan(session: Session, rows: list[Any]) -> list[Line]:
    """Say what each row would do, as the database is now (1 statement)."""
    known: dict[tuple[str, str], Organisation] = {}
    for one in session.scalars(select(Organisation).where(Organisation.merged_into_id.is_(None))):
        for name in (one.name, *one.aliases):
            known.setdefault((search.fold(name), one.country), one)
    seen: dict[tuple[str, str], int] = {}
    return [_line(position, cells, known, seen) for position, cells in rows]


def carry_out(session: Session, lines: list[Line], by: Person) -> tuple[int, int]:
    """Add and change what the plan says; returns how many of each. The caller commits."""
    added = changed = 0
    for line in lines:
        if line.does == "add":
            line.organisation = Organisation(aliases=[], standings=[], accepted_at=now())
            session.add(line.organisation)
            added += 1
        elif line.does == "change":
            changed += 1
        else:
            continue
        _apply(line.organisation, line.facts, by)
        session.flush()
        index_organisation(session, line.organisation)  # type: ignore[arg-type]
    return added, changed


def _apply(organisation: Any, facts: dict[str, Any], by: Person) -> None:
    for name in ("name", "country", "kind", "website"):
        if name in facts:
            setattr(organisation, name, facts[name])
    if "aliases" in facts:
        organisation.aliases = facts["aliases"]
    if "state" in facts:
        until, evidence = facts.get("until"), facts.get("evidence", "")
        organisation.stand(facts["state"], by, evidence=evidence, until=until)


def _line(
    position: int,
    cells: dict[str, str],
    known: dict[tuple[str, str], Organisation],
    seen: dict[tuple[str, str], int],
) -> Line:
    line = Line(position, cells.get("name", ""))
    try:
        facts = _facts(cells)
        key = (search.fold(facts["name"]), facts["country"])
        if key in seen:
            raise ValueError(_("the same organisation as in line %(line)s", line=number(seen[key])))
    except ValueError as problem:
        line.does, line.details = "left out", [str(problem)]
        return line
    seen[key] = position
    line.organisation = known.get(key)
    kind, state = facts.get("kind"), facts.get("state", "")
    if line.organisation is not None:
        kind, state = kind or line.organisation.kind, state or line.organisation.state
    if not fits(kind, state):
        line.does, line.details = "left out", [_("a company can be a partner, but not a member")]
        return line
    if line.organisation is None:
        line.facts = facts
    else:
        line.facts = _differences(line.organisation, facts)
        line.does = "change" if line.facts else "same"
        line.details = [_name_of_column(name) for name in line.facts if name not in ("evidence", "until")]
    return line


def _differences(organisation: Organisation, facts: dict[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {}
    for name in ("kind", "website"):
        if facts.get(name) and facts[name] != getattr(organisation, name):
            new[name] = facts[name]
    known = {search.fold(one) for one in (organisation.name, *organisation.aliases)}
    names = [one for one in facts["aliases"] if search.fold(one) not in known]
    if names:
        new["aliases"] = [*organisation.aliases, *names]
    stands = organisation.state, organisation.state_until
    if facts.get("state") and (facts["state"], facts.get("until")) != stands:
        new |= {key: facts[key] for key in ("state", "evidence", "until") if key in facts}
    return new


def _facts(cells: dict[str, str]) -> dict[str, Any]:
    """Read a row's cells. Raises `ValueError` whose text says, in the reader's language, what is wrong."""
    for name in REQUIRED:
        if not cells.get(name):
            raise ValueError(_("the cell “%(column)s” is empty", column=name))
    for name, most in LONGEST.items():
        if len(cells.get(name, "")) > most:
            raise ValueError(_("the cell “%(column)s” is too long", column=name))
    facts: dict[str, Any] = {"name": " ".join(cells["name"].split())}
    facts["country"] = _one_of(_countries(), cells["country"], "country")
    if cells.get("kind"):
        facts["kind"] = OrganisationKind(_one_of(_words("kind"), cells["kind"], "kind"))
    facts |= _standing_of(cells)
    website = cells.get("website", "")
    if website and not website.startswith(("https://", "http://")):
        raise ValueError(_("the website must start with https://"))
    facts["website"] = website
    names = (" ".join(one.split()) for one in cells.get("aliases", "").split("|"))
    facts["aliases"] = [one[:200] for one in dict.fromkeys(names) if one and one != facts["name"]]
    return facts


def _standing_of(cells: dict[str, str]) -> dict[str, Any]:
    if not cells.get("standing"):
        return {}
    state = StandingState(_one_of(_words("standing"), cells["standing"], "standing"))
    if state in VALID and not cells.get("evidence"):
        raise ValueError(_("a partner or member needs evidence"))
    return {
        "state": state,
        "evidence": cells.get("evidence", ""),
        "until": _end_of(cells.get("until", "")),
    }


def _one_of(known: dict[str, str], said: str, column: str) -> str:
    found = known.get(search.fold(said).strip())
    if found is None:
        raise ValueError(_("“%(said)s” is not known as “%(column)s”", said=said[:60], column=column))
    return found


def _end_of(said: str) -> datetime | None:
    if not said:
        return None
    try:
        return datetime.combine(date.fromisoformat(said), time(23, 59), UTC)
    except ValueError as error:
        raise ValueError(_("“%(said)s” is not a date such as 2027-12-31", said=said[:60])) from error


@cache
def _countries() -> dict[str, str]:
    names = {search.fold(name): code for lang in LANGUAGES for code, name in names_in(lang).items()}
    return names | {code.lower(): code for code in names_in("en")}


@cache
def _words(column: str) -> dict[str, str]:
    labels: dict[Any, Any] = dict(KINDS if column == "kind" else STATES)
    found = {value.value: value.value for value in labels}
    for lang in LANGUAGES:
        with speaking(lang):
            found |= {search.fold(str(label)): value.value for value, label in labels.items()}
    return found


def _name_of_column(name: str) -> str:
    return {"state": "standing"}.get(name, name)
