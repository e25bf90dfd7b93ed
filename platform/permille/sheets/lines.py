"""What a row of a list would do, and whom it is about: what both kinds of lists share."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from permille.foundation import search
from permille.foundation.languages import _, number
from permille.objectives.models import Objective
from permille.people.models import Organisation, Person
from permille.sheets.reading import Problem
from permille.sheets.world import World
from permille.taskforces.models import Office
from permille.vacancies.models import Vacancy
from permille.vacancies.seats import SeatName


@dataclass
class Newcomer:
    """Somebody without an account, who gets one with the first row that names them."""

    email: str
    name: str
    language: str
    organisation: Organisation | None
    person: Person | None = None


@dataclass
class Line:
    """A row: `add`, `same` or, with its problems, `left out`. A warning stops nothing."""

    number: int
    said: dict[str, Any]
    problems: list[Problem]
    warnings: list[Problem] = field(default_factory=list)
    is_there: bool = False
    objective: Objective | None = None
    known: Person | None = None
    newcomer: Newcomer | None = None
    vacancy: Vacancy | None = None

    @property
    def does(self) -> str:
        """What happens with it."""
        if self.problems:
            return "left out"
        return "same" if self.is_there else "add"

    @property
    def seat(self) -> SeatName | None:
        """The seat it names, if there is one."""
        said = self.said
        if self.objective is None or said["office"] is None:
            return None
        fits = (said["office"] == Office.LEADER) == (said["region"] is None)
        return SeatName(self.objective.code, said["region"]) if fits else None

    @property
    def person(self) -> Person:
        """The account it is about; that of a newcomer once it is made."""
        person = self.known or (self.newcomer.person if self.newcomer else None)
        if person is None:
            raise LookupError("the account is not made yet")
        return person

    @property
    def email(self) -> str:
        """Whom it is about, by address."""
        return self.said["email"] or ""

    def fails(self, column: str, why: str) -> None:
        """Note what is wrong in a column."""
        self.problems.append((column, why))

    def warns(self, column: str, why: str) -> None:
        """Note what somebody should look at."""
        self.warnings.append((column, why))


def digest_of(lines: Iterable[Line]) -> str:
    """Return what stands for all that the lines would do, so that a change of it is noticed."""
    plain = [[line.number, line.does, [column for column, _why in line.warnings]] for line in lines]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:32]


def find_seat(line: Line, world: World) -> None:
    """Find the task force and the seat a row names, or say why there is none."""
    said, wrong = line.said, {column for column, _why in line.problems}
    for column in ("objective", "office", "email"):
        if said[column] is None and column not in wrong:
            line.fails(column, _("empty"))
    line.objective = world.objectives.get(said["objective"] or "")
    if said["objective"] and line.objective is None:
        line.fails("objective", _("“%(said)s” is not known", said=said["objective"]))
    if said["office"] == Office.LEADER and said["region"]:
        line.fails("region", _("a Task Force Leader has no region: leave it empty"))
    if said["office"] == Office.REPRESENTATIVE and not said["region"] and "region" not in wrong:
        line.fails("region", _("empty"))


def find_person(line: Line, world: World, newcomers: dict[str, Newcomer]) -> None:
    """Find the account a row is about, or plan to make it; say what speaks against it."""
    said, wrong = line.said, {column for column, _why in line.problems}
    if not line.email:
        return
    organisation = _organisation(line, world)
    line.known = world.people.get(line.email)
    if line.known is None:
        line.newcomer = newcomers.get(line.email)
        if line.newcomer is None and said["name"]:
            line.newcomer = Newcomer(line.email, said["name"], said["language"] or "en", organisation)
        elif line.newcomer is None and "name" not in wrong:
            line.fails("name", _("empty, and there is no account with this address yet"))
        return
    name = line.known.name
    if said["name"] and name and search.fold(said["name"]) != search.fold(name):
        line.warns("name", _("the account with this address has the name %(name)s", name=name))
    own = line.known.affiliation
    if organisation is not None and (own is None or own.organisation_id != organisation.id):
        line.warns(
            "organisation",
            _("the account with this address belongs to another organisation, or to none; that stays"),
        )


def check_account(line: Line, world: World) -> None:
    """Say what speaks against giving something new to the account of a row."""
    if line.known is not None and line.known.id == world.reader.id:
        line.fails("email", _("this is you: somebody else of the Secretariat enters it"))
    if line.known is not None and line.known.suspended_at is not None:
        line.fails("email", _("the account with this address is suspended"))
    if line.known and line.objective and (line.objective.id, line.known.id) in world.kept_out:
        line.fails("email", _("this person is suspended from the task force, or was asked to leave it"))


def _organisation(line: Line, world: World) -> Organisation | None:
    name = line.said["organisation"]
    if not name:
        return None
    named = world.named(name)
    if not named:
        line.warns("organisation", _("“%(said)s” is not known, so nobody is linked to it", said=name[:60]))
    elif len(named) > 1:
        line.warns("organisation", _("several go by this name, so nobody is linked to one"))
    return named[0] if len(named) == 1 else None


def may_stand(line: Line) -> bool:
    """Tell whether the person of a row may stand for an office: as known now, or as their account is made."""
    if line.known is not None:
        return line.known.is_eligible
    organisation = line.newcomer.organisation if line.newcomer else None
    return organisation is not None and organisation.is_valid


def only_once(line: Line, seen: dict[Any, int], key: Any, column: str) -> bool:
    """Tell whether no row before has the same `key`, and say which one has it."""
    first = seen.setdefault(key, line.number)
    if first == line.number:
        return True
    line.fails(column, _("the same as in line %(line)s", line=number(first)))
    return False
