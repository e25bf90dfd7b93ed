"""With whom the end of a vacancy rests: a package above that names a panel says so here."""

from collections.abc import Callable

from permille.foundation.database import Session
from permille.people.models import Person
from permille.vacancies.models import Vacancy

Question = Callable[[Session, Vacancy, Person], bool]

_asked: list[Question] = []


def rests_with(question: Question) -> None:
    """Let a package above say whether somebody of the Secretariat may end a vacancy without a holder."""
    _asked[:] = [question]


def may_give_up(session: Session, vacancy: Vacancy, person: Person) -> bool:
    """Tell whether it rests with somebody to end a vacancy: it refuses every candidate, so the panel's if there is one."""
    return all(question(session, vacancy, person) for question in _asked)
