"""Who of the Secretariat may do what. Nobody decides about their own rights."""

from permille.people.models import Person
from permille.people.policy import may_use_desk


def may_rule_on(person: Person | None, other: Person) -> bool:
    """Changing a role, suspending and letting back in: the Secretariat, never about oneself."""
    return person is not None and may_use_desk(person) and person.id != other.id
