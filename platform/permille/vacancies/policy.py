"""Who may do what with vacancies and applications. Plain questions, plain answers."""

from permille.people.models import Person
from permille.people.policy import may_use_desk
from permille.vacancies.models import Application, Step, Vacancy


def may_run_vacancies(person: Person | None) -> bool:
    """Opening, extending and closing calls is the work of the Secretariat."""
    return may_use_desk(person)


def may_run(person: Person | None, *, has_interest: bool) -> bool:
    """The Secretariat, but for those with an interest in the vacancy: they stand for it, say, or have stood."""
    return may_use_desk(person) and not has_interest


def may_watch(person: Person | None) -> bool:
    """Anyone may ask to be told when a seat opens; a visitor shows by mail that the address is theirs."""
    return person is None or person.suspended_at is None


def may_apply(person: Person | None, vacancy: Vacancy | None) -> bool:
    """People of a partner or member organisation may stand while the call is open."""
    return person is not None and person.is_eligible and may_write(person, vacancy)


def may_write(person: Person | None, vacancy: Vacancy | None) -> bool:
    """Anybody may write an application while the call is open, and send it once they may stand."""
    return (
        person is not None
        and person.suspended_at is None
        and vacancy is not None
        and vacancy.is_open_to(person.id)
    )


def may_send(person: Person | None, vacancy: Vacancy | None, application: Application | None) -> bool:
    """Whoever may apply; sending again what was sent changes nothing."""
    has_sent = application is not None and _is_own(person, application) and application.is_candidacy
    return has_sent or may_apply(person, vacancy)


def may_read_application(person: Person | None, application: Application, *, has_interest: bool) -> bool:
    """Its writer; while it is a candidacy, the Secretariat too, unless the reader has an interest in the vacancy."""
    if person is None:
        return False
    is_own = application.person_id == person.id
    return is_own or (application.is_candidacy and may_run(person, has_interest=has_interest))


def may_change_application(person: Person | None, application: Application) -> bool:
    """Its writer, until the consultation begins."""
    return (
        _is_own(person, application)
        and application.is_candidacy
        and application.vacancy.step in (Step.CALL, Step.CLOSED)
    )


def may_attach(person: Person | None, application: Application) -> bool:
    """Its writer, to a draft as well, until the consultation begins."""
    is_over = application.stood_down_at is not None or application.vacancy.step not in (
        Step.CALL,
        Step.CLOSED,
    )
    return _is_own(person, application) and not is_over


def may_stand_down(person: Person | None, application: Application) -> bool:
    """Its writer, at any time until the vacancy ends."""
    return (
        _is_own(person, application) and application.is_candidacy and application.vacancy.step != Step.ENDED
    )


def may_attach_for(person: Person | None, application: Application, *, has_interest: bool) -> bool:
    """Whoever of the Secretariat typed it for somebody, until the consultation begins."""
    return (
        _has_typed(person, application, has_interest=has_interest)
        and application.is_candidacy
        and application.vacancy.step in (Step.CALL, Step.CLOSED)
    )


def may_add_file(person: Person | None, application: Application, *, has_interest: bool) -> bool:
    """Its writer, or whoever typed it for them."""
    return may_attach(person, application) or may_attach_for(person, application, has_interest=has_interest)


def may_stand_down_for(person: Person | None, application: Application, *, has_interest: bool) -> bool:
    """Whoever of the Secretariat typed it for somebody, when the candidate says so, until the vacancy ends."""
    return (
        _has_typed(person, application, has_interest=has_interest)
        and application.is_candidacy
        and application.vacancy.step != Step.ENDED
    )


def _has_typed(person: Person | None, application: Application, *, has_interest: bool) -> bool:
    return (
        person is not None
        and application.typed_by_id == person.id
        and application.person_id is not None
        and may_run(person, has_interest=has_interest)
    )


def _is_own(person: Person | None, application: Application) -> bool:
    return person is not None and person.suspended_at is None and application.person_id == person.id
