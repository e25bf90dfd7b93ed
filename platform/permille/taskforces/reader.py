"""Who reads a task force: a visitor, somebody of its team, or somebody with an office in it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, true

from permille.people.models import Person
from permille.people.policy import may_use_desk
from permille.taskforces.models import Mandate, Membership


@dataclass(frozen=True)
class Reader:
    """Somebody who reads a task force, and what they are in it."""

    person: Person | None = None
    membership: Membership | None = None
    mandate: Mandate | None = None

    @property
    def is_of_the_team(self) -> bool:
        """Whether what is written for the team is for them: members, officers and the Secretariat."""
        return self._is_member or self.sees_everyone

    @property
    def sees_everyone(self) -> bool:
        """Whether nobody is unnamed for them: the officers of this task force and the Secretariat."""
        return self.mandate is not None or may_use_desk(self.person)

    @property
    def _is_member(self) -> bool:
        return self.membership is not None and self.membership.is_active

    def may_name(self) -> ColumnElement[bool]:
        """Ask which people may be named to them: the listed, teammates who do not mind, themselves."""
        if self.sees_everyone:
            return true()
        if self.person is None or not self._is_member:
            return Person.is_listed.is_(True)
        return or_(Person.is_listed, Person.is_named_to_team, Person.id == self.person.id)


VISITOR = Reader()
